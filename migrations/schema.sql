-- Written by `npm run db:schema` from the migrations; a test holds it against them. Read it, never edit it.

CREATE EXTENSION btree_gist;

CREATE OR REPLACE FUNCTION public.audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        RAISE EXCEPTION 'The audit log is append-only' USING ERRCODE = 'insufficient_privilege';
      END $function$;

CREATE OR REPLACE FUNCTION public.course_version_is_immutable()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a published version is never deleted' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        IF (to_jsonb(NEW) - 'status') IS DISTINCT FROM (to_jsonb(OLD) - 'status') THEN
          RAISE EXCEPTION 'a published version never changes' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        IF OLD.status = 'retired' AND NEW.status <> 'retired' THEN
          RAISE EXCEPTION 'a retired version stays retired' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.stretches_length(stretches int4multirange)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT (COALESCE(sum((upper(s.s) - lower(s.s))), (0)::bigint))::integer AS "coalesce" FROM unnest(stretches_length.stretches) s(s));

CREATE TABLE account (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  language text NOT NULL,
  password_hash text NOT NULL,
  totp_secret text,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  totp_step bigint,
  CONSTRAINT account_email_key UNIQUE (email),
  CONSTRAINT account_email_lower CHECK ((email = lower(email))),
  CONSTRAINT account_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT account_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT account_pkey PRIMARY KEY (id)
);

CREATE TABLE agreement (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  funder_id uuid NOT NULL,
  reference text NOT NULL,
  objectives_fr text NOT NULL,
  objectives_ar text NOT NULL,
  amount_centimes bigint NOT NULL,
  signed_on date NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  CONSTRAINT agreement_amount_positive CHECK ((amount_centimes > 0)),
  CONSTRAINT agreement_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT agreement_funder_id_fkey FOREIGN KEY (funder_id) REFERENCES organisation(id),
  CONSTRAINT agreement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT agreement_period_in_order CHECK ((ends_on >= starts_on)),
  CONSTRAINT agreement_pkey PRIMARY KEY (id)
);
CREATE INDEX agreement_campaign_id_idx ON public.agreement USING btree (campaign_id);
CREATE INDEX agreement_funder_id_idx ON public.agreement USING btree (funder_id);

CREATE TABLE application (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  call_id uuid NOT NULL,
  person_id uuid NOT NULL,
  n integer NOT NULL,
  state text NOT NULL,
  answers jsonb NOT NULL,
  needs text[] NOT NULL,
  commune_code text,
  version integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT application_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  CONSTRAINT application_call_id_n_key UNIQUE (call_id, n),
  CONSTRAINT application_call_id_person_id_key UNIQUE (call_id, person_id),
  CONSTRAINT application_commune_code_fkey FOREIGN KEY (commune_code) REFERENCES commune(code),
  CONSTRAINT application_needs_known CHECK ((needs <@ ARRAY['transport'::text, 'child'::text, 'wheelchair'::text, 'sign-language'::text])),
  CONSTRAINT application_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT application_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT application_pkey PRIMARY KEY (id),
  CONSTRAINT application_state_known CHECK ((state = ANY (ARRAY['sent'::text, 'withdrawn'::text])))
);
CREATE INDEX application_person_id_idx ON public.application USING btree (person_id, changed_at DESC, id DESC);

CREATE TABLE application_draft (
  id uuid NOT NULL,
  call_id uuid NOT NULL,
  e164 text NOT NULL,
  answers jsonb NOT NULL,
  needs text[] NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT application_draft_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id) ON DELETE CASCADE,
  CONSTRAINT application_draft_pkey PRIMARY KEY (id)
);
CREATE INDEX application_draft_created_at_idx ON public.application_draft USING btree (created_at);

CREATE TABLE application_photo (
  hash text NOT NULL,
  application_id uuid,
  draft_id uuid,
  CONSTRAINT application_photo_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE,
  CONSTRAINT application_photo_application_id_hash_key UNIQUE (application_id, hash),
  CONSTRAINT application_photo_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES application_draft(id) ON DELETE CASCADE,
  CONSTRAINT application_photo_draft_id_hash_key UNIQUE (draft_id, hash),
  CONSTRAINT application_photo_hash_fkey FOREIGN KEY (hash) REFERENCES stored_file(hash),
  CONSTRAINT application_photo_of_one CHECK (((application_id IS NULL) <> (draft_id IS NULL)))
);
CREATE INDEX application_photo_hash_idx ON public.application_photo USING btree (hash);

CREATE TABLE application_version (
  application_id uuid NOT NULL,
  n integer NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  answers jsonb NOT NULL,
  needs text[] NOT NULL,
  account_id uuid,
  heard text,
  CONSTRAINT application_version_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT application_version_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE,
  CONSTRAINT application_version_heard_by_somebody CHECK (((heard IS NULL) OR (account_id IS NOT NULL))),
  CONSTRAINT application_version_heard_known CHECK ((heard = ANY (ARRAY['heard'::text, 'read'::text]))),
  CONSTRAINT application_version_kind_known CHECK ((kind = ANY (ARRAY['sent'::text, 'changed'::text, 'withdrawn'::text]))),
  CONSTRAINT application_version_pkey PRIMARY KEY (application_id, n)
);

CREATE TABLE attendance_event (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  device_id text NOT NULL,
  recorded_by uuid,
  app_version text,
  sent_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  skew_ms bigint NOT NULL,
  body jsonb NOT NULL,
  review text,
  interpreted_at timestamp with time zone,
  enrolment_id uuid,
  person_id uuid,
  unit_id uuid,
  mark text,
  correction boolean DEFAULT false NOT NULL,
  minutes smallint,
  happened_at timestamp with time zone,
  after_close boolean DEFAULT false NOT NULL,
  flag text,
  review_facts jsonb,
  CONSTRAINT attendance_event_counts_or_says_why CHECK (((interpreted_at IS NULL) OR (review IS NOT NULL) OR (num_nulls(enrolment_id, person_id, unit_id, mark, minutes, happened_at) = 0))),
  CONSTRAINT attendance_event_enrolment_id_fkey FOREIGN KEY (enrolment_id) REFERENCES enrolment(id),
  CONSTRAINT attendance_event_mark_known CHECK ((mark = ANY (ARRAY['present'::text, 'partial'::text, 'absent'::text]))),
  CONSTRAINT attendance_event_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT attendance_event_pkey PRIMARY KEY (id),
  CONSTRAINT attendance_event_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT attendance_event_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX attendance_event_session_id_idx ON public.attendance_event USING btree (session_id);
CREATE INDEX attendance_event_session_id_pending_idx ON public.attendance_event USING btree (session_id) WHERE (interpreted_at IS NULL);

CREATE TABLE audit_block (
  n bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  key_id text NOT NULL,
  signature bytea NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  CONSTRAINT audit_block_pkey PRIMARY KEY (n),
  CONSTRAINT audit_block_span CHECK ((last_seq >= first_seq))
);
CREATE TRIGGER audit_block_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_block FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TABLE audit_event (
  seq bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  organisation_id uuid,
  request_id text,
  facts jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT audit_event_actor_kind_known CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'person'::text, 'system'::text]))),
  CONSTRAINT audit_event_pkey PRIMARY KEY (seq)
);
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TABLE calendar_feed (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  kind text NOT NULL,
  account_id uuid NOT NULL,
  tour_id uuid,
  language text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT calendar_feed_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT calendar_feed_kind_known CHECK ((kind = ANY (ARRAY['trainer'::text, 'tour'::text]))),
  CONSTRAINT calendar_feed_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT calendar_feed_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT calendar_feed_pkey PRIMARY KEY (id),
  CONSTRAINT calendar_feed_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour(id),
  CONSTRAINT calendar_feed_tour_of_kind CHECK (((kind = 'tour'::text) = (tour_id IS NOT NULL)))
);
CREATE UNIQUE INDEX calendar_feed_of_tour ON public.calendar_feed USING btree (tour_id) WHERE (kind = 'tour'::text);
CREATE UNIQUE INDEX calendar_feed_of_trainer ON public.calendar_feed USING btree (account_id) WHERE (kind = 'trainer'::text);

CREATE TABLE call (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  number integer GENERATED ALWAYS AS IDENTITY NOT NULL,
  slug text NOT NULL,
  state text NOT NULL,
  title jsonb NOT NULL,
  body jsonb NOT NULL,
  fields jsonb NOT NULL,
  opens_date date NOT NULL,
  opens_time time without time zone NOT NULL,
  closes_date date NOT NULL,
  closes_time time without time zone NOT NULL,
  zone text NOT NULL,
  opens_at timestamp with time zone NOT NULL,
  closes_at timestamp with time zone NOT NULL,
  revision integer NOT NULL,
  applications integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  published_at timestamp with time zone,
  CONSTRAINT call_at_most_20_fields CHECK ((jsonb_array_length(fields) <= 20)),
  CONSTRAINT call_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT call_number_key UNIQUE (number),
  CONSTRAINT call_opens_before_it_closes CHECK ((opens_at <= closes_at)),
  CONSTRAINT call_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT call_pkey PRIMARY KEY (id),
  CONSTRAINT call_published_at_of_published CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
  CONSTRAINT call_slug_key UNIQUE (slug),
  CONSTRAINT call_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
);
CREATE INDEX call_campaign_id_idx ON public.call USING btree (campaign_id, created_at DESC, id DESC);

CREATE TABLE call_attempt (
  id uuid NOT NULL,
  line_id uuid NOT NULL,
  account_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  outcome text NOT NULL,
  note text,
  CONSTRAINT call_attempt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT call_attempt_line_id_fkey FOREIGN KEY (line_id) REFERENCES call_line(id) ON DELETE CASCADE,
  CONSTRAINT call_attempt_outcome_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'no-answer'::text, 'wrong-number'::text, 'call-back'::text]))),
  CONSTRAINT call_attempt_pkey PRIMARY KEY (id)
);
CREATE INDEX call_attempt_line_id_idx ON public.call_attempt USING btree (line_id, at);

CREATE TABLE call_closing (
  call_id uuid NOT NULL,
  n integer NOT NULL,
  at timestamp with time zone NOT NULL,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone NOT NULL,
  reason text NOT NULL,
  account_id uuid NOT NULL,
  CONSTRAINT call_closing_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT call_closing_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id) ON DELETE CASCADE,
  CONSTRAINT call_closing_pkey PRIMARY KEY (call_id, n)
);

CREATE TABLE call_line (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  list_id uuid NOT NULL,
  about_id uuid NOT NULL,
  person_id uuid NOT NULL,
  message_id uuid,
  dedupe_key text NOT NULL,
  why text NOT NULL,
  template text NOT NULL,
  language text NOT NULL,
  recipient text,
  body text NOT NULL,
  caused_at timestamp with time zone NOT NULL,
  replaced_at timestamp with time zone,
  taken_by uuid,
  taken_until timestamp with time zone,
  attempts integer DEFAULT 0 NOT NULL,
  outcome text,
  note text,
  called_at timestamp with time zone,
  CONSTRAINT call_line_called_whole CHECK ((((outcome IS NULL) = (attempts = 0)) AND ((outcome IS NULL) = (called_at IS NULL)))),
  CONSTRAINT call_line_dedupe_key_key UNIQUE (dedupe_key),
  CONSTRAINT call_line_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT call_line_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT call_line_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT call_line_outcome_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'no-answer'::text, 'wrong-number'::text, 'call-back'::text]))),
  CONSTRAINT call_line_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT call_line_pkey PRIMARY KEY (id),
  CONSTRAINT call_line_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES account(id),
  CONSTRAINT call_line_taken_whole CHECK (((taken_by IS NULL) = (taken_until IS NULL))),
  CONSTRAINT call_line_why_known CHECK ((why = ANY (ARRAY['no-sms'::text, 'failed'::text, 'unknown'::text, 'unanswered'::text])))
);
CREATE INDEX call_line_about_id_idx ON public.call_line USING btree (about_id);
CREATE INDEX call_line_list_id_idx ON public.call_line USING btree (list_id, caused_at, id);
CREATE INDEX call_line_message_id_idx ON public.call_line USING btree (message_id);
CREATE INDEX call_line_person_id_idx ON public.call_line USING btree (person_id);

CREATE TABLE campaign (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  slug text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  name_en text NOT NULL,
  summary_fr text NOT NULL,
  summary_ar text NOT NULL,
  summary_en text NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  enrolment_opens_at timestamp with time zone,
  enrolment_closes_at timestamp with time zone,
  attendance_share smallint DEFAULT 80 NOT NULL,
  quiz_share smallint DEFAULT 60 NOT NULL,
  support_phone text NOT NULL,
  cndp_number text,
  created_at timestamp with time zone NOT NULL,
  archived_at timestamp with time zone,
  CONSTRAINT campaign_attendance_share_percent CHECK (((attendance_share >= 0) AND (attendance_share <= 100))),
  CONSTRAINT campaign_dates_in_order CHECK ((ends_on >= starts_on)),
  CONSTRAINT campaign_enrolment_in_order CHECK ((enrolment_closes_at > enrolment_opens_at)),
  CONSTRAINT campaign_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT campaign_pkey PRIMARY KEY (id),
  CONSTRAINT campaign_quiz_share_percent CHECK (((quiz_share >= 0) AND (quiz_share <= 100))),
  CONSTRAINT campaign_slug_key UNIQUE (slug),
  CONSTRAINT campaign_slug_shape CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TABLE campaign_course (
  campaign_id uuid NOT NULL,
  course_id uuid NOT NULL,
  position integer NOT NULL,
  CONSTRAINT campaign_course_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT campaign_course_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT campaign_course_pkey PRIMARY KEY (campaign_id, course_id)
);

CREATE TABLE certificate (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  course_id uuid NOT NULL,
  person_id uuid NOT NULL,
  session_id uuid,
  code text NOT NULL,
  serial text NOT NULL,
  status text NOT NULL,
  replaced_by uuid,
  revoked_reason text,
  frozen jsonb NOT NULL,
  pdf_hash text NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  issued_by uuid,
  status_at timestamp with time zone NOT NULL,
  untold boolean DEFAULT false NOT NULL,
  CONSTRAINT certificate_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT certificate_code_key UNIQUE (code),
  CONSTRAINT certificate_code_shape CHECK ((code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'::text)),
  CONSTRAINT certificate_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT certificate_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES account(id),
  CONSTRAINT certificate_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT certificate_pdf_hash_fkey FOREIGN KEY (pdf_hash) REFERENCES stored_file(hash),
  CONSTRAINT certificate_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT certificate_pkey PRIMARY KEY (id),
  CONSTRAINT certificate_reason_of_revoked CHECK (((status = 'revoked'::text) = (revoked_reason IS NOT NULL))),
  CONSTRAINT certificate_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES certificate(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT certificate_replaced_by_of_replaced CHECK (((status = 'replaced'::text) = (replaced_by IS NOT NULL))),
  CONSTRAINT certificate_serial_key UNIQUE (serial),
  CONSTRAINT certificate_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT certificate_status_known CHECK ((status = ANY (ARRAY['valid'::text, 'replaced'::text, 'revoked'::text])))
);
CREATE INDEX certificate_campaign_id_issued_at_idx ON public.certificate USING btree (campaign_id, issued_at DESC, id DESC);
CREATE INDEX certificate_issued_at_untold_idx ON public.certificate USING btree (issued_at) WHERE untold;
CREATE INDEX certificate_person_id_idx ON public.certificate USING btree (person_id);
CREATE UNIQUE INDEX certificate_person_course_campaign_valid_key ON public.certificate USING btree (person_id, course_id, campaign_id) WHERE (status = 'valid'::text);

CREATE TABLE certificate_logo (
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  position smallint,
  hash text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  alt_fr text NOT NULL,
  alt_ar text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT certificate_logo_alt_said CHECK (((alt_fr <> ''::text) AND (alt_ar <> ''::text))),
  CONSTRAINT certificate_logo_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT certificate_logo_campaign_id_position_key UNIQUE (campaign_id, "position") DEFERRABLE,
  CONSTRAINT certificate_logo_hash_fkey FOREIGN KEY (hash) REFERENCES stored_file(hash),
  CONSTRAINT certificate_logo_pkey PRIMARY KEY (id),
  CONSTRAINT certificate_logo_place_or_removed CHECK ((("position" IS NULL) = (removed_at IS NOT NULL))),
  CONSTRAINT certificate_logo_position_known CHECK (("position" = ANY (ARRAY[1, 2, 3]))),
  CONSTRAINT certificate_logo_size_positive CHECK (((width > 0) AND (height > 0)))
);

CREATE TABLE certificate_name (
  person_id uuid NOT NULL,
  name_fr text,
  name_ar text,
  confirmed_at timestamp with time zone NOT NULL,
  confirmed_by uuid,
  CONSTRAINT certificate_name_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES account(id),
  CONSTRAINT certificate_name_has_one CHECK ((num_nonnulls(name_fr, name_ar) >= 1)),
  CONSTRAINT certificate_name_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT certificate_name_pkey PRIMARY KEY (person_id)
);

CREATE TABLE certificate_signatory (
  campaign_id uuid NOT NULL,
  position smallint NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  role_fr text NOT NULL,
  role_ar text NOT NULL,
  CONSTRAINT certificate_signatory_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT certificate_signatory_pkey PRIMARY KEY (campaign_id, "position"),
  CONSTRAINT certificate_signatory_position_known CHECK (("position" = ANY (ARRAY[1, 2])))
);

CREATE TABLE certificate_text (
  campaign_id uuid NOT NULL,
  key text NOT NULL,
  text_fr text NOT NULL,
  text_ar text NOT NULL,
  CONSTRAINT certificate_text_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT certificate_text_key_known CHECK ((key = ANY (ARRAY['heading'::text, 'given'::text, 'reason'::text, 'givenBy'::text, 'note'::text]))),
  CONSTRAINT certificate_text_length CHECK (((char_length(text_fr) <= 240) AND (char_length(text_ar) <= 240))),
  CONSTRAINT certificate_text_pkey PRIMARY KEY (campaign_id, key),
  CONSTRAINT certificate_text_says_something CHECK (((text_fr <> ''::text) OR (text_ar <> ''::text)))
);

CREATE TABLE challenge (
  id uuid NOT NULL,
  e164 text NOT NULL,
  purpose text NOT NULL,
  code_hmac bytea NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  address_digest bytea,
  never_seen boolean DEFAULT false NOT NULL,
  resend_at timestamp with time zone,
  CONSTRAINT challenge_pkey PRIMARY KEY (id),
  CONSTRAINT challenge_purpose_known CHECK ((purpose = 'sign-in'::text)),
  CONSTRAINT challenge_tries_within CHECK (((tries >= 0) AND (tries <= 5)))
);
CREATE INDEX challenge_address_digest_created_at_idx ON public.challenge USING btree (address_digest, created_at) WHERE never_seen;
CREATE INDEX challenge_created_at_idx ON public.challenge USING btree (created_at);
CREATE INDEX challenge_e164_created_at_idx ON public.challenge USING btree (e164, created_at);

CREATE TABLE city (
  slug text NOT NULL,
  province_code text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  name_en text NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  CONSTRAINT city_pkey PRIMARY KEY (slug),
  CONSTRAINT city_province_code_fkey FOREIGN KEY (province_code) REFERENCES province(code)
);

CREATE TABLE commune (
  code text NOT NULL,
  province_code text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  milieu text NOT NULL,
  CONSTRAINT commune_milieu_known CHECK ((milieu = ANY (ARRAY['urbain'::text, 'rural'::text]))),
  CONSTRAINT commune_pkey PRIMARY KEY (code),
  CONSTRAINT commune_province_code_fkey FOREIGN KEY (province_code) REFERENCES province(code)
);
CREATE INDEX commune_province_code_idx ON public.commune USING btree (province_code);

CREATE TABLE completion (
  person_id uuid NOT NULL,
  course_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  completed_at timestamp with time zone NOT NULL,
  evidence jsonb NOT NULL,
  CONSTRAINT completion_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT completion_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT completion_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT completion_pkey PRIMARY KEY (person_id, course_id, campaign_id)
);
CREATE INDEX completion_campaign_id_course_id_idx ON public.completion USING btree (campaign_id, course_id);

CREATE TABLE completion_change (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  course_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  completed_at timestamp with time zone NOT NULL,
  evidence jsonb NOT NULL,
  CONSTRAINT completion_change_kind_known CHECK ((kind = ANY (ARRAY['completed'::text, 'withdrawn'::text]))),
  CONSTRAINT completion_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT completion_change_pkey PRIMARY KEY (id)
);
CREATE INDEX completion_change_person_id_idx ON public.completion_change USING btree (person_id, course_id, campaign_id);

CREATE TABLE consent (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  purpose text NOT NULL,
  text_version text NOT NULL,
  language text NOT NULL,
  channel text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  in_force_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  witness uuid,
  CONSTRAINT consent_channel_known CHECK ((channel = ANY (ARRAY['form'::text, 'api'::text, 'spoken'::text]))),
  CONSTRAINT consent_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT consent_pkey PRIMARY KEY (id),
  CONSTRAINT consent_purpose_known CHECK ((purpose = ANY (ARRAY['training'::text, 'sms'::text, 'whatsapp'::text, 'photo'::text, 'partners'::text, 'directory'::text]))),
  CONSTRAINT consent_withdrawn_after_asked CHECK ((withdrawn_at >= asked_at)),
  CONSTRAINT consent_witness_fkey FOREIGN KEY (witness) REFERENCES account(id)
);
CREATE UNIQUE INDEX consent_person_id_purpose_live_key ON public.consent USING btree (person_id, purpose) WHERE (withdrawn_at IS NULL);

CREATE TABLE consent_recording (
  id uuid NOT NULL,
  line text NOT NULL,
  lang text NOT NULL,
  text_version text NOT NULL,
  words text NOT NULL,
  speaker text NOT NULL,
  bundle text NOT NULL,
  bytes integer NOT NULL,
  duration_ms integer NOT NULL,
  recorded_by uuid,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT consent_recording_bundle_key UNIQUE (bundle),
  CONSTRAINT consent_recording_bundle_shape CHECK ((bundle ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT consent_recording_lang_known CHECK ((lang = ANY (ARRAY['fr'::text, 'ar'::text, 'ary'::text, 'rif'::text, 'zgh'::text]))),
  CONSTRAINT consent_recording_pkey PRIMARY KEY (id),
  CONSTRAINT consent_recording_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
  CONSTRAINT consent_recording_sound_positive CHECK (((bytes > 0) AND (duration_ms > 0))),
  CONSTRAINT consent_recording_speaker_known CHECK ((speaker = ANY (ARRAY['person'::text, 'synthetic'::text]))),
  CONSTRAINT consent_recording_words_key UNIQUE (line, lang, text_version, words),
  CONSTRAINT consent_recording_words_shape CHECK ((words ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX consent_recording_recorded_by_idx ON public.consent_recording USING btree (recorded_by);

CREATE TABLE course (
  id uuid NOT NULL,
  organisation_id uuid,
  slug text NOT NULL,
  position integer NOT NULL,
  title_fr text NOT NULL,
  title_ar text NOT NULL,
  title_en text,
  CONSTRAINT course_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT course_pkey PRIMARY KEY (id),
  CONSTRAINT course_slug_key UNIQUE (slug)
);

CREATE TABLE course_draft (
  id uuid NOT NULL,
  course_id uuid NOT NULL,
  base_version_id uuid,
  revision integer NOT NULL,
  opened_by uuid,
  opened_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  closed_as text,
  CONSTRAINT course_draft_base_version_id_fkey FOREIGN KEY (base_version_id) REFERENCES course_version(id),
  CONSTRAINT course_draft_closed_as_known CHECK ((closed_as = ANY (ARRAY['published'::text, 'discarded'::text]))),
  CONSTRAINT course_draft_closed_whole CHECK (((closed_at IS NULL) = (closed_as IS NULL))),
  CONSTRAINT course_draft_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_draft_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES account(id),
  CONSTRAINT course_draft_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX course_draft_course_id_open_key ON public.course_draft USING btree (course_id) WHERE (closed_at IS NULL);

CREATE TABLE course_draft_file (
  draft_id uuid NOT NULL,
  path text NOT NULL,
  revision integer NOT NULL,
  sha256 text,
  bytes integer NOT NULL,
  CONSTRAINT course_draft_file_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES course_draft(id),
  CONSTRAINT course_draft_file_pkey PRIMARY KEY (draft_id, path, revision)
);

CREATE TABLE course_file (
  sha256 text NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT course_file_pkey PRIMARY KEY (sha256),
  CONSTRAINT course_file_sha256_shape CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE course_link_check (
  course_id uuid NOT NULL,
  digest text NOT NULL,
  url text NOT NULL,
  outcome text NOT NULL,
  status integer,
  reason text,
  moved_to text,
  checked_at timestamp with time zone NOT NULL,
  CONSTRAINT course_link_check_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_link_check_digest_shape CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT course_link_check_moved_to_of_moved CHECK (((moved_to IS NOT NULL) = (outcome = 'moved'::text))),
  CONSTRAINT course_link_check_outcome_known CHECK ((outcome = ANY (ARRAY['ok'::text, 'moved'::text, 'gone'::text, 'unreachable'::text]))),
  CONSTRAINT course_link_check_pkey PRIMARY KEY (course_id, digest),
  CONSTRAINT course_link_check_reason_of_unreachable CHECK (((reason IS NOT NULL) = (outcome = 'unreachable'::text)))
);

CREATE TABLE course_pending (
  course_id uuid NOT NULL,
  files jsonb NOT NULL,
  arrived_at timestamp with time zone NOT NULL,
  CONSTRAINT course_pending_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_pending_pkey PRIMARY KEY (course_id)
);

CREATE TABLE course_recording (
  id uuid NOT NULL,
  serial bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  course_id uuid NOT NULL,
  line text NOT NULL,
  lang text NOT NULL,
  words text NOT NULL,
  speaker text NOT NULL,
  bundle text NOT NULL,
  bytes integer NOT NULL,
  duration_ms integer NOT NULL,
  recorded_by uuid,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT course_recording_bundle_shape CHECK ((bundle ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT course_recording_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_recording_lang_known CHECK ((lang = ANY (ARRAY['fr'::text, 'ar'::text, 'ary'::text, 'rif'::text, 'zgh'::text]))),
  CONSTRAINT course_recording_pkey PRIMARY KEY (id),
  CONSTRAINT course_recording_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
  CONSTRAINT course_recording_serial_key UNIQUE (serial),
  CONSTRAINT course_recording_sound_positive CHECK (((bytes > 0) AND (duration_ms > 0))),
  CONSTRAINT course_recording_speaker_known CHECK ((speaker = ANY (ARRAY['person'::text, 'synthetic'::text]))),
  CONSTRAINT course_recording_words_key UNIQUE (course_id, line, lang, words),
  CONSTRAINT course_recording_words_shape CHECK ((words ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX course_recording_bundle_idx ON public.course_recording USING btree (bundle);
CREATE INDEX course_recording_recorded_by_idx ON public.course_recording USING btree (recorded_by);

CREATE TABLE course_revision (
  draft_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  account_id uuid,
  at timestamp with time zone NOT NULL,
  file text,
  part text,
  kept text,
  CONSTRAINT course_revision_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT course_revision_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES course_draft(id),
  CONSTRAINT course_revision_kept_of_conflict CHECK (((kind = 'conflict'::text) = (kept IS NOT NULL))),
  CONSTRAINT course_revision_kind_known CHECK ((kind = ANY (ARRAY['open'::text, 'edit'::text, 'files'::text, 'restore'::text, 'conflict'::text]))),
  CONSTRAINT course_revision_pkey PRIMARY KEY (draft_id, number)
);

CREATE TABLE course_stay (
  person_id uuid NOT NULL,
  course_id uuid NOT NULL,
  version_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT course_stay_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_stay_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT course_stay_pkey PRIMARY KEY (person_id, course_id),
  CONSTRAINT course_stay_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version(id)
);
CREATE INDEX course_stay_version_id_idx ON public.course_stay USING btree (version_id);

CREATE TABLE course_version (
  id uuid NOT NULL,
  course_id uuid NOT NULL,
  number integer NOT NULL,
  status text NOT NULL,
  digest text NOT NULL,
  document jsonb NOT NULL,
  published_at timestamp with time zone NOT NULL,
  files jsonb,
  origin text DEFAULT 'files'::text NOT NULL,
  published_by uuid,
  CONSTRAINT course_version_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT course_version_course_id_number_key UNIQUE (course_id, number),
  CONSTRAINT course_version_origin_known CHECK ((origin = ANY (ARRAY['files'::text, 'browser'::text]))),
  CONSTRAINT course_version_pkey PRIMARY KEY (id),
  CONSTRAINT course_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES account(id),
  CONSTRAINT course_version_status_known CHECK ((status = ANY (ARRAY['published'::text, 'retired'::text])))
);
CREATE UNIQUE INDEX course_version_course_id_published_key ON public.course_version USING btree (course_id) WHERE (status = 'published'::text);
CREATE TRIGGER course_version_immutable BEFORE UPDATE ON public.course_version FOR EACH ROW EXECUTE FUNCTION course_version_is_immutable();
CREATE TRIGGER course_version_kept BEFORE DELETE ON public.course_version FOR EACH ROW EXECUTE FUNCTION course_version_is_immutable();

CREATE TABLE enrolment (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  during tstzmultirange NOT NULL,
  status text NOT NULL,
  holds_seat boolean GENERATED ALWAYS AS ((status = ANY (ARRAY['booked'::text, 'offered'::text]))) STORED,
  waiting_no integer,
  gender text NOT NULL,
  birth_year smallint,
  commune_code text,
  category text,
  sector text,
  enrolled_by uuid,
  enrolled_at timestamp with time zone NOT NULL,
  status_at timestamp with time zone NOT NULL,
  offer_expires_at timestamp with time zone,
  untold text,
  at_door boolean DEFAULT false NOT NULL,
  is_untold_urgent boolean DEFAULT false NOT NULL,
  confirmed_at timestamp with time zone,
  moved_from uuid,
  CONSTRAINT enrolment_moved_from_fkey FOREIGN KEY (moved_from) REFERENCES enrolment(id),
  CONSTRAINT enrolment_moved_from_key UNIQUE (moved_from),
  CONSTRAINT enrolment_offer_ends CHECK (((status <> 'offered'::text) OR (offer_expires_at IS NOT NULL))),
  CONSTRAINT enrolment_one_place_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&) WHERE (holds_seat) DEFERRABLE,
  CONSTRAINT enrolment_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT enrolment_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT enrolment_pkey PRIMARY KEY (id),
  CONSTRAINT enrolment_session_fkey FOREIGN KEY (session_id, during) REFERENCES session(id, during) ON UPDATE CASCADE,
  CONSTRAINT enrolment_status_known CHECK ((status = ANY (ARRAY['booked'::text, 'offered'::text, 'waiting'::text, 'cancelled'::text, 'declined'::text, 'expired'::text]))),
  CONSTRAINT enrolment_untold_known CHECK ((untold = ANY (ARRAY['status'::text, 'moved'::text, 'postponed'::text, 'called-off'::text, 'reseated'::text]))),
  CONSTRAINT enrolment_waiting_no_of_waiting CHECK (((status <> 'waiting'::text) OR (waiting_no IS NOT NULL)))
);
CREATE INDEX enrolment_offer_expires_at_idx ON public.enrolment USING btree (offer_expires_at) WHERE (status = 'offered'::text);
CREATE INDEX enrolment_person_id_idx ON public.enrolment USING btree (person_id);
CREATE INDEX enrolment_status_at_untold_idx ON public.enrolment USING btree (status_at) WHERE (untold IS NOT NULL);
CREATE UNIQUE INDEX enrolment_session_id_person_id_live_key ON public.enrolment USING btree (session_id, person_id) WHERE (status = ANY (ARRAY['booked'::text, 'offered'::text, 'waiting'::text]));
CREATE UNIQUE INDEX enrolment_session_id_waiting_no_key ON public.enrolment USING btree (session_id, waiting_no) WHERE (waiting_no IS NOT NULL);

CREATE TABLE film (
  id uuid NOT NULL,
  upload_id uuid NOT NULL,
  job_id uuid NOT NULL,
  state text NOT NULL,
  failure text,
  params jsonb DEFAULT '{}'::jsonb NOT NULL,
  made text[] DEFAULT '{}'::text[] NOT NULL,
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  CONSTRAINT film_failure_of_failed CHECK (((failure IS NOT NULL) = (state = 'failed'::text))),
  CONSTRAINT film_finished_at_of_ended CHECK (((finished_at IS NULL) = (state = 'working'::text))),
  CONSTRAINT film_pkey PRIMARY KEY (id),
  CONSTRAINT film_state_known CHECK ((state = ANY (ARRAY['working'::text, 'placed'::text, 'failed'::text]))),
  CONSTRAINT film_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES video_upload(id),
  CONSTRAINT film_upload_id_key UNIQUE (upload_id)
);

CREATE TABLE idempotency_key (
  owner text NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  body_hash text NOT NULL,
  status integer,
  media_type text,
  response text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner, route, key)
);
CREATE INDEX idempotency_key_created_at_idx ON public.idempotency_key USING btree (created_at);

CREATE TABLE impediment (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  account_id uuid NOT NULL,
  reason text NOT NULL,
  note text,
  reported_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  days daterange NOT NULL,
  answer text,
  answered_at timestamp with time zone,
  answered_by uuid,
  CONSTRAINT impediment_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT impediment_answer_has_moment CHECK (((answer IS NULL) = (answered_at IS NULL))),
  CONSTRAINT impediment_answer_known CHECK ((answer = ANY (ARRAY['replaced'::text, 'held'::text, 'moved'::text, 'postponed'::text, 'called-off'::text, 'unanswered'::text, 'withdrawn'::text]))),
  CONSTRAINT impediment_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id) ON DELETE SET NULL,
  CONSTRAINT impediment_pkey PRIMARY KEY (id),
  CONSTRAINT impediment_reason_known CHECK ((reason = ANY (ARRAY['health'::text, 'family'::text, 'road'::text, 'other'::text]))),
  CONSTRAINT impediment_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);
CREATE INDEX impediment_account_id_idx ON public.impediment USING btree (account_id);
CREATE INDEX impediment_due_idx ON public.impediment USING btree (due_at) WHERE (answer IS NULL);
CREATE UNIQUE INDEX impediment_open_once ON public.impediment USING btree (session_id, account_id) WHERE (answer IS NULL);

CREATE TABLE job (
  id uuid NOT NULL,
  kind text NOT NULL,
  payload jsonb DEFAULT '{}'::jsonb NOT NULL,
  dedupe_key text,
  state text DEFAULT 'queued'::text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  max_attempts integer DEFAULT 5 NOT NULL,
  run_after timestamp with time zone DEFAULT now() NOT NULL,
  lease_until timestamp with time zone,
  lease_token uuid,
  progress_done integer DEFAULT 0 NOT NULL,
  progress_total integer,
  result jsonb,
  error text,
  requested_by uuid,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  finished_at timestamp with time zone,
  CONSTRAINT job_attempts_within CHECK (((attempts >= 0) AND (attempts <= max_attempts))),
  CONSTRAINT job_finish_of_ended CHECK (((state = ANY (ARRAY['done'::text, 'dead'::text])) = (finished_at IS NOT NULL))),
  CONSTRAINT job_lease_of_running CHECK (((state = 'running'::text) = ((lease_token IS NOT NULL) AND (lease_until IS NOT NULL)))),
  CONSTRAINT job_pkey PRIMARY KEY (id),
  CONSTRAINT job_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'dead'::text])))
);
CREATE INDEX job_lease_until_running_idx ON public.job USING btree (lease_until) WHERE (state = 'running'::text);
CREATE INDEX job_run_after_queued_idx ON public.job USING btree (run_after) WHERE (state = 'queued'::text);
CREATE UNIQUE INDEX job_kind_dedupe_key_live_key ON public.job USING btree (kind, dedupe_key) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE TABLE leg (
  from_city text NOT NULL,
  to_city text NOT NULL,
  minutes integer NOT NULL,
  km integer NOT NULL,
  CONSTRAINT leg_from_city_fkey FOREIGN KEY (from_city) REFERENCES city(slug),
  CONSTRAINT leg_is_stored_once CHECK ((from_city < to_city)),
  CONSTRAINT leg_km_positive CHECK ((km > 0)),
  CONSTRAINT leg_minutes_positive CHECK ((minutes > 0)),
  CONSTRAINT leg_pkey PRIMARY KEY (from_city, to_city),
  CONSTRAINT leg_to_city_fkey FOREIGN KEY (to_city) REFERENCES city(slug)
);

CREATE TABLE media_file (
  bundle text NOT NULL,
  path text NOT NULL,
  sha256 text NOT NULL,
  bytes integer NOT NULL,
  is_public boolean DEFAULT false NOT NULL,
  CONSTRAINT media_file_bundle_digest CHECK ((bundle ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT media_file_bytes_whole CHECK ((bytes >= 0)),
  CONSTRAINT media_file_pkey PRIMARY KEY (bundle, path),
  CONSTRAINT media_file_sha256_digest CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE message (
  id uuid NOT NULL,
  organisation_id uuid,
  person_id uuid,
  recipient text NOT NULL,
  channel text NOT NULL,
  template text NOT NULL,
  language text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  dedupe_key text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  handed_at timestamp with time zone,
  settled_at timestamp with time zone,
  error text,
  sends_again boolean DEFAULT false NOT NULL,
  stale_at timestamp with time zone,
  kept_body text,
  call_list_id uuid,
  call_about_id uuid,
  call_body text,
  send_after timestamp with time zone,
  subject text,
  is_urgent boolean DEFAULT false NOT NULL,
  CONSTRAINT message_call_whole CHECK ((num_nonnulls(call_list_id, call_about_id, call_body) = ANY (ARRAY[0, 3]))),
  CONSTRAINT message_channel_known CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  CONSTRAINT message_dedupe_key_key UNIQUE (dedupe_key),
  CONSTRAINT message_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT message_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT message_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT message_pkey PRIMARY KEY (id),
  CONSTRAINT message_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'handed'::text, 'sent'::text, 'failed'::text, 'unknown'::text]))),
  CONSTRAINT message_subject_of_email CHECK (((channel = 'email'::text) = (subject IS NOT NULL)))
);
CREATE INDEX message_created_at_queued_idx ON public.message USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'handed'::text]));
CREATE INDEX message_person_id_created_at_idx ON public.message USING btree (person_id, created_at DESC);
CREATE INDEX message_recipient_created_at_idx ON public.message USING btree (recipient, created_at DESC);

CREATE TABLE module (
  id uuid NOT NULL,
  course_id uuid NOT NULL,
  slug text NOT NULL,
  position integer NOT NULL,
  version_id uuid NOT NULL,
  video_id uuid,
  watched_percent smallint NOT NULL,
  has_quiz boolean NOT NULL,
  CONSTRAINT module_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT module_pkey PRIMARY KEY (id),
  CONSTRAINT module_slug_key UNIQUE (slug),
  CONSTRAINT module_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version(id),
  CONSTRAINT module_video_id_fkey FOREIGN KEY (video_id) REFERENCES video(id),
  CONSTRAINT module_watched_percent_range CHECK (((watched_percent >= 1) AND (watched_percent <= 100)))
);
CREATE INDEX module_version_id_idx ON public.module USING btree (version_id);

CREATE TABLE nomination (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  person_id uuid NOT NULL,
  phone_id uuid NOT NULL,
  import_id uuid,
  given_fr text,
  family_fr text,
  given_ar text,
  family_ar text,
  gender text NOT NULL,
  birth_year smallint,
  commune_code text,
  city_slug text,
  category text,
  sector text,
  language text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT nomination_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT nomination_campaign_id_person_id_key UNIQUE (campaign_id, person_id),
  CONSTRAINT nomination_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city(slug),
  CONSTRAINT nomination_commune_code_fkey FOREIGN KEY (commune_code) REFERENCES commune(code),
  CONSTRAINT nomination_has_a_name CHECK ((((given_fr IS NOT NULL) AND (family_fr IS NOT NULL)) OR ((given_ar IS NOT NULL) AND (family_ar IS NOT NULL)))),
  CONSTRAINT nomination_import_id_fkey FOREIGN KEY (import_id) REFERENCES people_import(id),
  CONSTRAINT nomination_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT nomination_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT nomination_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone(id),
  CONSTRAINT nomination_pkey PRIMARY KEY (id)
);
CREATE INDEX nomination_import_id_idx ON public.nomination USING btree (import_id);
CREATE INDEX nomination_person_id_idx ON public.nomination USING btree (person_id);
CREATE INDEX nomination_phone_id_idx ON public.nomination USING btree (phone_id);

CREATE TABLE organisation (
  id uuid NOT NULL,
  slug text NOT NULL,
  kind text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT organisation_kind_known CHECK ((kind = ANY (ARRAY['agency'::text, 'operator'::text, 'chamber'::text, 'cooperative'::text, 'partner'::text, 'training-provider'::text]))),
  CONSTRAINT organisation_pkey PRIMARY KEY (id),
  CONSTRAINT organisation_slug_key UNIQUE (slug)
);

CREATE TABLE participation (
  person_id uuid NOT NULL,
  session_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  course_id uuid NOT NULL,
  city_slug text NOT NULL,
  gender text NOT NULL,
  birth_year smallint,
  commune_code text,
  category text,
  sector text,
  booked boolean DEFAULT false NOT NULL,
  units_attended smallint DEFAULT 0 NOT NULL,
  minutes_present integer DEFAULT 0 NOT NULL,
  completed_at timestamp with time zone,
  certified_at timestamp with time zone,
  CONSTRAINT participation_attended_positive CHECK (((units_attended >= 0) AND (minutes_present >= 0))),
  CONSTRAINT participation_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT participation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT participation_pkey PRIMARY KEY (person_id, session_id),
  CONSTRAINT participation_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id)
);
CREATE INDEX participation_campaign_id_idx ON public.participation USING btree (campaign_id);
CREATE INDEX participation_session_id_idx ON public.participation USING btree (session_id);

CREATE TABLE pass (
  enrolment_id uuid NOT NULL,
  code text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT pass_code_key UNIQUE (code),
  CONSTRAINT pass_code_shape CHECK ((code ~ '^[0-9]{8}$'::text)),
  CONSTRAINT pass_enrolment_id_fkey FOREIGN KEY (enrolment_id) REFERENCES enrolment(id),
  CONSTRAINT pass_pkey PRIMARY KEY (enrolment_id)
);

CREATE TABLE people_import (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  account_id uuid,
  state text NOT NULL,
  header jsonb NOT NULL,
  columns jsonb NOT NULL,
  creates integer NOT NULL,
  updates integer NOT NULL,
  sames integer NOT NULL,
  errors integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  applied_at timestamp with time zone,
  undone_at timestamp with time zone,
  CONSTRAINT people_import_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT people_import_applied_at_of_applied CHECK (((state = ANY (ARRAY['applied'::text, 'undone'::text, 'kept'::text])) = (applied_at IS NOT NULL))),
  CONSTRAINT people_import_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT people_import_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT people_import_pkey PRIMARY KEY (id),
  CONSTRAINT people_import_state_known CHECK ((state = ANY (ARRAY['preview'::text, 'applied'::text, 'undone'::text, 'kept'::text, 'lapsed'::text]))),
  CONSTRAINT people_import_undone_at_of_undone CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL)))
);
CREATE INDEX people_import_campaign_id_idx ON public.people_import USING btree (campaign_id, created_at DESC);
CREATE INDEX people_import_open_idx ON public.people_import USING btree (created_at) WHERE (state = ANY (ARRAY['preview'::text, 'applied'::text, 'undone'::text]));

CREATE TABLE people_import_row (
  import_id uuid NOT NULL,
  n integer NOT NULL,
  cells jsonb NOT NULL,
  outcome text NOT NULL,
  problems jsonb NOT NULL,
  notes jsonb NOT NULL,
  done jsonb,
  CONSTRAINT people_import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES people_import(id) ON DELETE CASCADE,
  CONSTRAINT people_import_row_outcome_known CHECK ((outcome = ANY (ARRAY['create'::text, 'update'::text, 'same'::text, 'error'::text]))),
  CONSTRAINT people_import_row_pkey PRIMARY KEY (import_id, n)
);

CREATE TABLE person (
  id uuid NOT NULL,
  organisation_id uuid,
  status text NOT NULL,
  given_fr text,
  family_fr text,
  given_ar text,
  family_ar text,
  gender text DEFAULT 'unspecified'::text NOT NULL,
  birth_year smallint,
  commune_code text,
  city_slug text,
  category text,
  sector text,
  language text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  activated_at timestamp with time zone,
  CONSTRAINT person_activated_at_of_active CHECK (((status = 'active'::text) = (activated_at IS NOT NULL))),
  CONSTRAINT person_birth_year_plausible CHECK (((birth_year >= 1900) AND (birth_year <= 2100))),
  CONSTRAINT person_category_known CHECK ((category = ANY (ARRAY['artisan'::text, 'maitre-artisan'::text, 'cooperative-artisanat'::text, 'autre-cooperative'::text, 'entreprise-artisanat'::text, 'commercant'::text, 'auto-entrepreneur'::text, 'porteur-de-projet'::text]))),
  CONSTRAINT person_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city(slug),
  CONSTRAINT person_commune_code_fkey FOREIGN KEY (commune_code) REFERENCES commune(code),
  CONSTRAINT person_gender_known CHECK ((gender = ANY (ARRAY['female'::text, 'male'::text, 'unspecified'::text]))),
  CONSTRAINT person_has_a_name CHECK ((((given_fr IS NOT NULL) AND (family_fr IS NOT NULL)) OR ((given_ar IS NOT NULL) AND (family_ar IS NOT NULL)))),
  CONSTRAINT person_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT person_name_ar_whole CHECK (((given_ar IS NULL) = (family_ar IS NULL))),
  CONSTRAINT person_name_fr_whole CHECK (((given_fr IS NULL) = (family_fr IS NULL))),
  CONSTRAINT person_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT person_pkey PRIMARY KEY (id),
  CONSTRAINT person_sector_known CHECK ((sector = ANY (ARRAY['tapis'::text, 'textile'::text, 'cuir'::text, 'bois'::text, 'poterie'::text, 'metaux'::text, 'bijouterie'::text, 'vannerie'::text, 'batiment'::text, 'pierre'::text, 'cosmetiques'::text, 'divers'::text, 'services'::text, 'alimentaire'::text, 'agriculture'::text, 'commerce'::text, 'autre'::text]))),
  CONSTRAINT person_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'active'::text, 'nominated'::text])))
);
CREATE INDEX person_created_at_pending_idx ON public.person USING btree (created_at) WHERE (status = 'pending'::text);

CREATE TABLE person_phone (
  person_id uuid NOT NULL,
  phone_id uuid NOT NULL,
  relation text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT person_phone_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT person_phone_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone(id),
  CONSTRAINT person_phone_pkey PRIMARY KEY (person_id, phone_id),
  CONSTRAINT person_phone_relation_known CHECK ((relation = ANY (ARRAY['own'::text, 'relay'::text, 'family'::text])))
);
CREATE INDEX person_phone_phone_id_idx ON public.person_phone USING btree (phone_id);

CREATE TABLE personal_link (
  code_hash bytea NOT NULL,
  purpose text NOT NULL,
  enrolment_id uuid NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT personal_link_enrolment_id_fkey FOREIGN KEY (enrolment_id) REFERENCES enrolment(id) ON DELETE CASCADE,
  CONSTRAINT personal_link_pkey PRIMARY KEY (code_hash),
  CONSTRAINT personal_link_purpose_known CHECK ((purpose = ANY (ARRAY['offer'::text, 'coming'::text])))
);
CREATE INDEX personal_link_enrolment_id_idx ON public.personal_link USING btree (enrolment_id);
CREATE INDEX personal_link_expires_at_idx ON public.personal_link USING btree (expires_at);

CREATE TABLE phone (
  id uuid NOT NULL,
  e164 text NOT NULL,
  can_sms boolean NOT NULL,
  verified_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT phone_e164_key UNIQUE (e164),
  CONSTRAINT phone_e164_shape CHECK ((e164 ~ '^\+[1-9][0-9]{5,14}$'::text)),
  CONSTRAINT phone_pkey PRIMARY KEY (id)
);

CREATE TABLE practice_action (
  shop_id uuid NOT NULL,
  id uuid NOT NULL,
  at_minute integer NOT NULL,
  deed jsonb NOT NULL,
  done_at timestamp with time zone NOT NULL,
  CONSTRAINT practice_action_at_minute_positive CHECK ((at_minute >= 0)),
  CONSTRAINT practice_action_pkey PRIMARY KEY (shop_id, id),
  CONSTRAINT practice_action_shop_id_at_minute_key UNIQUE (shop_id, at_minute),
  CONSTRAINT practice_action_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES practice_shop(id) ON DELETE CASCADE
);

CREATE TABLE practice_photo (
  shop_id uuid NOT NULL,
  good text NOT NULL,
  hash text NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  CONSTRAINT practice_photo_hash_fkey FOREIGN KEY (hash) REFERENCES stored_file(hash),
  CONSTRAINT practice_photo_pkey PRIMARY KEY (shop_id, good),
  CONSTRAINT practice_photo_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES practice_shop(id) ON DELETE CASCADE
);
CREATE INDEX practice_photo_hash_idx ON public.practice_photo USING btree (hash);

CREATE TABLE practice_scenario (
  digest text NOT NULL,
  slug text NOT NULL,
  document jsonb NOT NULL,
  loaded_at timestamp with time zone NOT NULL,
  CONSTRAINT practice_scenario_digest_shape CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT practice_scenario_pkey PRIMARY KEY (digest)
);

CREATE TABLE practice_shop (
  id uuid NOT NULL,
  code text NOT NULL,
  person_id uuid NOT NULL,
  scenario_slug text NOT NULL,
  digest text NOT NULL,
  number smallint NOT NULL,
  seed integer NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  CONSTRAINT practice_shop_code_key UNIQUE (code),
  CONSTRAINT practice_shop_digest_fkey FOREIGN KEY (digest) REFERENCES practice_scenario(digest),
  CONSTRAINT practice_shop_number_positive CHECK ((number > 0)),
  CONSTRAINT practice_shop_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT practice_shop_person_id_scenario_slug_number_key UNIQUE (person_id, scenario_slug, number),
  CONSTRAINT practice_shop_pkey PRIMARY KEY (id)
);
CREATE INDEX practice_shop_digest_idx ON public.practice_shop USING btree (digest);

CREATE TABLE presence (
  person_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  session_id uuid NOT NULL,
  state text NOT NULL,
  event_id uuid,
  minutes smallint NOT NULL,
  after_close boolean DEFAULT false NOT NULL,
  CONSTRAINT presence_minutes_of_present CHECK (((minutes >= 0) AND ((state <> 'absent'::text) OR (minutes = 0)))),
  CONSTRAINT presence_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT presence_pkey PRIMARY KEY (person_id, unit_id),
  CONSTRAINT presence_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT presence_state_known CHECK ((state = ANY (ARRAY['present'::text, 'partial'::text, 'absent'::text]))),
  CONSTRAINT presence_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX presence_session_id_idx ON public.presence USING btree (session_id);

CREATE TABLE progress_event (
  person_id uuid NOT NULL,
  video_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  body jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT progress_event_person_id_video_id_fkey FOREIGN KEY (person_id, video_id) REFERENCES video_progress(person_id, video_id) ON DELETE CASCADE,
  CONSTRAINT progress_event_pkey PRIMARY KEY (person_id, video_id, id)
);

CREATE TABLE province (
  code text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  kind text NOT NULL,
  CONSTRAINT province_kind_known CHECK ((kind = ANY (ARRAY['prefecture'::text, 'province'::text]))),
  CONSTRAINT province_pkey PRIMARY KEY (code)
);

CREATE TABLE quiz_attempt (
  person_id uuid NOT NULL,
  id uuid NOT NULL,
  module_id uuid NOT NULL,
  version_id uuid NOT NULL,
  answers jsonb NOT NULL,
  score smallint NOT NULL,
  max smallint NOT NULL,
  passed boolean NOT NULL,
  at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  items text[],
  CONSTRAINT quiz_attempt_at_not_future CHECK ((at <= received_at)),
  CONSTRAINT quiz_attempt_module_id_fkey FOREIGN KEY (module_id) REFERENCES module(id),
  CONSTRAINT quiz_attempt_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT quiz_attempt_pkey PRIMARY KEY (person_id, id),
  CONSTRAINT quiz_attempt_score_range CHECK ((((score >= 0) AND (score <= max)) AND (max > 0))),
  CONSTRAINT quiz_attempt_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version(id)
);
CREATE INDEX quiz_attempt_module_id_idx ON public.quiz_attempt USING btree (module_id, version_id);
CREATE INDEX quiz_attempt_person_id_module_id_idx ON public.quiz_attempt USING btree (person_id, module_id) INCLUDE (passed, score, max);

CREATE UNLOGGED TABLE rate_limit (
  bucket text NOT NULL,
  window_start timestamp with time zone NOT NULL,
  hits integer NOT NULL,
  CONSTRAINT rate_limit_pkey PRIMARY KEY (bucket, window_start)
);

CREATE TABLE reference_load (
  name text NOT NULL,
  digest text NOT NULL,
  loaded_at timestamp with time zone NOT NULL,
  CONSTRAINT reference_load_pkey PRIMARY KEY (name)
);

CREATE TABLE role_grant (
  id uuid NOT NULL,
  account_id uuid,
  person_id uuid,
  role text NOT NULL,
  scope_kind text NOT NULL,
  scope_id uuid,
  ends_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT role_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT role_grant_one_holder CHECK ((num_nonnulls(account_id, person_id) = 1)),
  CONSTRAINT role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT role_grant_pkey PRIMARY KEY (id),
  CONSTRAINT role_grant_role_known CHECK ((role = ANY (ARRAY['trainee'::text, 'cooperative-manager'::text, 'trainer'::text, 'external-trainer'::text, 'coordinator'::text, 'manager'::text, 'funder'::text, 'partner'::text, 'auditor'::text, 'admin'::text]))),
  CONSTRAINT role_grant_scope_id_of_kind CHECK (((scope_kind = 'installation'::text) = (scope_id IS NULL))),
  CONSTRAINT role_grant_scope_kind_known CHECK ((scope_kind = ANY (ARRAY['installation'::text, 'organisation'::text, 'campaign'::text, 'city'::text, 'session'::text])))
);
CREATE INDEX role_grant_account_id_idx ON public.role_grant USING btree (account_id);
CREATE INDEX role_grant_person_id_idx ON public.role_grant USING btree (person_id);

CREATE TABLE room (
  id uuid NOT NULL,
  venue_id uuid NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  capacity integer NOT NULL,
  CONSTRAINT room_capacity_positive CHECK ((capacity > 0)),
  CONSTRAINT room_pkey PRIMARY KEY (id),
  CONSTRAINT room_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venue(id)
);
CREATE INDEX room_venue_id_idx ON public.room USING btree (venue_id);

CREATE TABLE room_code (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  session_id uuid NOT NULL,
  shown_by uuid NOT NULL,
  code_hmac bytea NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  replaced_at timestamp with time zone,
  CONSTRAINT room_code_one_end CHECK (((used_at IS NULL) OR (replaced_at IS NULL))),
  CONSTRAINT room_code_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT room_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT room_code_pkey PRIMARY KEY (id),
  CONSTRAINT room_code_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
  CONSTRAINT room_code_shown_by_fkey FOREIGN KEY (shown_by) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT room_code_tries_within CHECK (((tries >= 0) AND (tries <= 5)))
);
CREATE INDEX room_code_created_at_idx ON public.room_code USING btree (created_at);
CREATE INDEX room_code_person_id_created_at_idx ON public.room_code USING btree (person_id, created_at);
CREATE UNIQUE INDEX room_code_person_id_live_key ON public.room_code USING btree (person_id) WHERE ((used_at IS NULL) AND (replaced_at IS NULL));

CREATE TABLE screening_dossier (
  application_id uuid NOT NULL,
  call_id uuid NOT NULL,
  n integer NOT NULL,
  version integer NOT NULL,
  eligible boolean NOT NULL,
  reasons jsonb NOT NULL,
  lease_account uuid,
  lease_until timestamp with time zone,
  CONSTRAINT screening_dossier_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE,
  CONSTRAINT screening_dossier_call_id_fkey FOREIGN KEY (call_id) REFERENCES selection(call_id) ON DELETE CASCADE,
  CONSTRAINT screening_dossier_call_id_lease_account_key UNIQUE (call_id, lease_account),
  CONSTRAINT screening_dossier_call_id_n_key UNIQUE (call_id, n),
  CONSTRAINT screening_dossier_lease_account_fkey FOREIGN KEY (lease_account) REFERENCES account(id),
  CONSTRAINT screening_dossier_lease_whole CHECK (((lease_account IS NULL) = (lease_until IS NULL))),
  CONSTRAINT screening_dossier_pkey PRIMARY KEY (application_id),
  CONSTRAINT screening_dossier_reason_of_ineligible CHECK ((eligible = (reasons = '[]'::jsonb)))
);

CREATE TABLE screening_score (
  application_id uuid NOT NULL,
  slot smallint NOT NULL,
  account_id uuid NOT NULL,
  version integer NOT NULL,
  scores jsonb NOT NULL,
  points integer NOT NULL,
  note text,
  at timestamp with time zone NOT NULL,
  CONSTRAINT screening_score_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT screening_score_application_id_fkey FOREIGN KEY (application_id) REFERENCES screening_dossier(application_id) ON DELETE CASCADE,
  CONSTRAINT screening_score_once_a_scorer UNIQUE (application_id, account_id),
  CONSTRAINT screening_score_pkey PRIMARY KEY (application_id, slot),
  CONSTRAINT screening_score_slot_known CHECK (((slot >= 1) AND (slot <= 3)))
);

CREATE TABLE selection (
  call_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  state text NOT NULL,
  design jsonb NOT NULL,
  revision integer NOT NULL,
  hash text,
  sealed text,
  secret text,
  announced_at timestamp with time zone,
  announced_before timestamp with time zone,
  closed_at timestamp with time zone,
  published_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT selection_announced_before_the_closing CHECK ((((hash IS NULL) = (announced_at IS NULL)) AND ((announced_at IS NULL) = (announced_before IS NULL)) AND (announced_at < announced_before))),
  CONSTRAINT selection_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  CONSTRAINT selection_closed_at_of_closed CHECK (((state = ANY (ARRAY['closed'::text, 'published'::text])) = (closed_at IS NOT NULL))),
  CONSTRAINT selection_hash_of_announced CHECK ((((state = 'draft'::text) = (hash IS NULL)) AND ((hash IS NULL) = (sealed IS NULL)))),
  CONSTRAINT selection_hash_shape CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT selection_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT selection_pkey PRIMARY KEY (call_id),
  CONSTRAINT selection_published_at_of_published CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
  CONSTRAINT selection_secret_as_promised CHECK ((encode(sha256((secret)::bytea), 'hex'::text) = hash)),
  CONSTRAINT selection_secret_of_published CHECK (((state = 'published'::text) = (secret IS NOT NULL))),
  CONSTRAINT selection_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'announced'::text, 'closed'::text, 'published'::text])))
);

CREATE TABLE selection_change (
  call_id uuid NOT NULL,
  k integer NOT NULL,
  application_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  account_id uuid NOT NULL,
  from_outcome text NOT NULL,
  to_outcome text NOT NULL,
  code text NOT NULL,
  note text,
  CONSTRAINT selection_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT selection_change_application_id_fkey FOREIGN KEY (application_id) REFERENCES selection_result(application_id),
  CONSTRAINT selection_change_changes CHECK ((from_outcome <> to_outcome)),
  CONSTRAINT selection_change_code_known CHECK ((code = ANY (ARRAY['withdrew'::text, 'no-longer-eligible'::text, 'entry-error'::text, 'appeal-upheld'::text, 'place-freed'::text, 'place-added'::text]))),
  CONSTRAINT selection_change_pkey PRIMARY KEY (call_id, k)
);
CREATE INDEX selection_change_application_id_idx ON public.selection_change USING btree (application_id);

CREATE TABLE selection_result (
  application_id uuid NOT NULL,
  call_id uuid NOT NULL,
  n integer NOT NULL,
  first_outcome text NOT NULL,
  outcome text NOT NULL,
  rank integer,
  reserve_rank integer,
  points integer,
  draw text,
  code text,
  quota text,
  reasons jsonb NOT NULL,
  CONSTRAINT selection_result_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id),
  CONSTRAINT selection_result_call_id_fkey FOREIGN KEY (call_id) REFERENCES selection(call_id),
  CONSTRAINT selection_result_call_id_n_key UNIQUE (call_id, n),
  CONSTRAINT selection_result_call_id_rank_key UNIQUE (call_id, rank),
  CONSTRAINT selection_result_call_id_reserve_rank_key UNIQUE (call_id, reserve_rank),
  CONSTRAINT selection_result_only_ranked_is_chosen CHECK (((rank IS NOT NULL) OR (first_outcome = 'not-selected'::text))),
  CONSTRAINT selection_result_outcomes_known CHECK (((outcome = ANY (ARRAY['selected'::text, 'reserve'::text, 'not-selected'::text])) AND (first_outcome = ANY (ARRAY['selected'::text, 'reserve'::text, 'not-selected'::text])))),
  CONSTRAINT selection_result_pkey PRIMARY KEY (application_id),
  CONSTRAINT selection_result_ranked_whole CHECK ((((rank IS NULL) = (points IS NULL)) AND ((rank IS NULL) = (draw IS NULL)))),
  CONSTRAINT selection_result_refusal_has_code CHECK (((first_outcome <> 'not-selected'::text) OR (code IS NOT NULL))),
  CONSTRAINT selection_result_reserve_has_rank CHECK (((first_outcome = 'reserve'::text) = (reserve_rank IS NOT NULL)))
);

CREATE TABLE session (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  stop_id uuid NOT NULL,
  course_id uuid NOT NULL,
  venue_id uuid,
  venue_note text,
  language text NOT NULL,
  status text NOT NULL,
  during tstzmultirange DEFAULT '{}'::tstzmultirange NOT NULL,
  capacity integer NOT NULL,
  seats_ceiling integer NOT NULL,
  booked integer DEFAULT 0 NOT NULL,
  offered integer DEFAULT 0 NOT NULL,
  held integer DEFAULT 0 NOT NULL,
  waiting integer DEFAULT 0 NOT NULL,
  last_waiting_no integer DEFAULT 0 NOT NULL,
  soft_clash_reasons jsonb DEFAULT '{}'::jsonb NOT NULL,
  revision integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  overbook_percent smallint DEFAULT 0 NOT NULL,
  seats integer GENERATED ALWAYS AS ((capacity + ((capacity * overbook_percent) / 100))) STORED NOT NULL,
  changed_at timestamp with time zone DEFAULT now() NOT NULL,
  remote_url text,
  postponed_at timestamp with time zone,
  postpone_reason text,
  CONSTRAINT session_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT session_cancel_reason_of_cancelled CHECK (((cancel_reason IS NULL) OR (status = 'cancelled'::text))),
  CONSTRAINT session_cancelled_at_of_cancelled CHECK (((status = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
  CONSTRAINT session_capacity_positive CHECK ((capacity > 0)),
  CONSTRAINT session_ceiling_covers_capacity CHECK ((seats_ceiling >= capacity)),
  CONSTRAINT session_closed_at_of_closed CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
  CONSTRAINT session_counters_positive CHECK (((booked >= 0) AND (offered >= 0) AND (held >= 0) AND (waiting >= 0))),
  CONSTRAINT session_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT session_id_during_key UNIQUE (id, during),
  CONSTRAINT session_language_known CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  CONSTRAINT session_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT session_overbook_percent_range CHECK (((overbook_percent >= 0) AND (overbook_percent <= 50))),
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_postpone_reason_of_postponed CHECK (((postpone_reason IS NULL) OR (status = 'postponed'::text))),
  CONSTRAINT session_postponed_at_of_postponed CHECK (((status = 'postponed'::text) = (postponed_at IS NOT NULL))),
  CONSTRAINT session_remote_has_no_place CHECK (((remote_url IS NULL) OR (num_nonnulls(venue_id, venue_note) = 0))),
  CONSTRAINT session_remote_url_https CHECK (((remote_url ~ '^https://[^[:space:]]+$'::text) AND (length(remote_url) <= 500))),
  CONSTRAINT session_seats_within_ceiling CHECK ((((booked + offered) + held) <= seats_ceiling)),
  CONSTRAINT session_status_known CHECK ((status = ANY (ARRAY['planned'::text, 'postponed'::text, 'closed'::text, 'cancelled'::text]))),
  CONSTRAINT session_stop_id_fkey FOREIGN KEY (stop_id) REFERENCES stop(id),
  CONSTRAINT session_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venue(id)
);
CREATE INDEX session_campaign_id_idx ON public.session USING btree (campaign_id);
CREATE INDEX session_stop_id_idx ON public.session USING btree (stop_id);

CREATE TABLE session_closing (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  closed_by uuid,
  log text DEFAULT ''::text NOT NULL,
  reopened_at timestamp with time zone,
  reopened_by uuid,
  reason text,
  CONSTRAINT session_closing_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES account(id),
  CONSTRAINT session_closing_in_order CHECK ((reopened_at >= closed_at)),
  CONSTRAINT session_closing_pkey PRIMARY KEY (id),
  CONSTRAINT session_closing_reopened_by_fkey FOREIGN KEY (reopened_by) REFERENCES account(id),
  CONSTRAINT session_closing_reopened_whole CHECK ((num_nulls(reopened_at, reopened_by, reason) = ANY (ARRAY[0, 3]))),
  CONSTRAINT session_closing_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id)
);
CREATE INDEX session_closing_session_id_idx ON public.session_closing USING btree (session_id, closed_at);
CREATE UNIQUE INDEX session_closing_session_id_open_key ON public.session_closing USING btree (session_id) WHERE (reopened_at IS NULL);

CREATE TABLE short_link (
  code text NOT NULL,
  path text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT short_link_code_shape CHECK ((code ~ '^[0-9a-z]{6,12}$'::text)),
  CONSTRAINT short_link_path_is_ours CHECK ((path ~ '^/[a-z]'::text)),
  CONSTRAINT short_link_path_key UNIQUE (path),
  CONSTRAINT short_link_pkey PRIMARY KEY (code)
);

CREATE TABLE sign_in (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  account_id uuid,
  phone_id uuid,
  person_id uuid,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  user_agent text,
  for_one boolean DEFAULT false NOT NULL,
  CONSTRAINT sign_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_one_holder CHECK ((num_nonnulls(account_id, phone_id) = 1)),
  CONSTRAINT sign_in_one_of_phone CHECK (((NOT for_one) OR (person_id IS NOT NULL))),
  CONSTRAINT sign_in_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_person_of_phone CHECK (((person_id IS NULL) OR (phone_id IS NOT NULL))),
  CONSTRAINT sign_in_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX sign_in_account_id_idx ON public.sign_in USING btree (account_id);
CREATE INDEX sign_in_expires_at_idx ON public.sign_in USING btree (expires_at);
CREATE INDEX sign_in_phone_id_idx ON public.sign_in USING btree (phone_id);

CREATE TABLE stop (
  id uuid NOT NULL,
  tour_id uuid NOT NULL,
  team_id uuid NOT NULL,
  city_slug text NOT NULL,
  local_date date NOT NULL,
  CONSTRAINT stop_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city(slug),
  CONSTRAINT stop_pkey PRIMARY KEY (id),
  CONSTRAINT stop_team_id_city_slug_local_date_key UNIQUE (team_id, city_slug, local_date),
  CONSTRAINT stop_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT stop_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour(id)
);
CREATE INDEX stop_tour_id_local_date_idx ON public.stop USING btree (tour_id, local_date);

CREATE TABLE stored_file (
  hash text NOT NULL,
  bytes bigint NOT NULL,
  media_type text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT stored_file_bytes_positive CHECK ((bytes >= 0)),
  CONSTRAINT stored_file_hash_is_sha256 CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT stored_file_pkey PRIMARY KEY (hash)
);

CREATE TABLE task (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  course_id uuid NOT NULL,
  module_id uuid NOT NULL,
  block text NOT NULL,
  state text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT task_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT task_module_id_fkey FOREIGN KEY (module_id) REFERENCES module(id),
  CONSTRAINT task_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT task_person_id_module_id_block_key UNIQUE (person_id, module_id, block),
  CONSTRAINT task_pkey PRIMARY KEY (id),
  CONSTRAINT task_state_known CHECK ((state = ANY (ARRAY['handed-in'::text, 'accepted'::text, 'returned'::text])))
);
CREATE INDEX task_state_changed_at_id_idx ON public.task USING btree (state, changed_at, id);

CREATE TABLE task_step (
  task_id uuid NOT NULL,
  id uuid NOT NULL,
  n integer NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  version_id uuid,
  proof text,
  link text,
  photo text,
  note text,
  of_step uuid,
  reason text,
  account_id uuid,
  CONSTRAINT task_step_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT task_step_kind_known CHECK ((kind = ANY (ARRAY['handed-in'::text, 'accepted'::text, 'returned'::text]))),
  CONSTRAINT task_step_of_its_kind CHECK (
CASE kind
    WHEN 'handed-in'::text THEN ((proof IS NOT NULL) AND (version_id IS NOT NULL) AND (of_step IS NULL) AND (account_id IS NULL))
    ELSE ((proof IS NULL) AND (of_step IS NOT NULL) AND (account_id IS NOT NULL))
END),
  CONSTRAINT task_step_of_step_fkey FOREIGN KEY (task_id, of_step) REFERENCES task_step(task_id, id),
  CONSTRAINT task_step_one_decision UNIQUE (task_id, of_step),
  CONSTRAINT task_step_photo_fkey FOREIGN KEY (photo) REFERENCES stored_file(hash),
  CONSTRAINT task_step_pkey PRIMARY KEY (task_id, id),
  CONSTRAINT task_step_proof_is_there CHECK ((((NOT (proof IS DISTINCT FROM 'photo'::text)) = (photo IS NOT NULL)) AND ((NOT (proof IS DISTINCT FROM 'link'::text)) = (link IS NOT NULL)))),
  CONSTRAINT task_step_proof_known CHECK ((proof = ANY (ARRAY['photo'::text, 'link'::text, 'tick'::text]))),
  CONSTRAINT task_step_return_says_why CHECK (((kind <> 'returned'::text) OR (reason IS NOT NULL))),
  CONSTRAINT task_step_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id) ON DELETE CASCADE,
  CONSTRAINT task_step_task_id_n_key UNIQUE (task_id, n),
  CONSTRAINT task_step_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version(id)
);

CREATE TABLE team (
  id uuid NOT NULL,
  tour_id uuid NOT NULL,
  name text NOT NULL,
  home_city text,
  CONSTRAINT team_home_city_fkey FOREIGN KEY (home_city) REFERENCES city(slug),
  CONSTRAINT team_pkey PRIMARY KEY (id),
  CONSTRAINT team_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour(id),
  CONSTRAINT team_tour_id_name_key UNIQUE (tour_id, name)
);

CREATE TABLE team_trainer (
  team_id uuid NOT NULL,
  account_id uuid NOT NULL,
  CONSTRAINT team_trainer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT team_trainer_pkey PRIMARY KEY (team_id, account_id),
  CONSTRAINT team_trainer_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
);

CREATE TABLE test_attempt (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  course_id uuid NOT NULL,
  version_id uuid NOT NULL,
  session_id uuid,
  phase text NOT NULL,
  method text NOT NULL,
  answers jsonb NOT NULL,
  score smallint NOT NULL,
  max smallint NOT NULL,
  at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  entered_by uuid,
  CONSTRAINT test_attempt_at_not_future CHECK ((at <= received_at)),
  CONSTRAINT test_attempt_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT test_attempt_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES account(id),
  CONSTRAINT test_attempt_entered_of_read_aloud CHECK (((method = 'read-aloud'::text) = (entered_by IS NOT NULL))),
  CONSTRAINT test_attempt_id_key UNIQUE (person_id, id),
  CONSTRAINT test_attempt_method_known CHECK ((method = ANY (ARRAY['screen'::text, 'read-aloud'::text]))),
  CONSTRAINT test_attempt_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT test_attempt_phase_known CHECK ((phase = ANY (ARRAY['pre'::text, 'post'::text]))),
  CONSTRAINT test_attempt_pkey PRIMARY KEY (person_id, course_id, phase),
  CONSTRAINT test_attempt_score_range CHECK ((((score >= 0) AND (score <= max)) AND (max > 0))),
  CONSTRAINT test_attempt_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT test_attempt_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version(id)
);
CREATE INDEX test_attempt_course_id_idx ON public.test_attempt USING btree (course_id);

CREATE TABLE tour (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  archived_at timestamp with time zone,
  CONSTRAINT tour_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
  CONSTRAINT tour_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT tour_pkey PRIMARY KEY (id)
);
CREATE INDEX tour_campaign_id_idx ON public.tour USING btree (campaign_id);

CREATE TABLE tour_plan (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  tour_id uuid NOT NULL,
  job_id uuid,
  wanted jsonb NOT NULL,
  found jsonb,
  placements jsonb,
  revision integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  saved_at timestamp with time zone,
  CONSTRAINT tour_plan_found_before_saved CHECK (((saved_at IS NULL) OR (found IS NOT NULL))),
  CONSTRAINT tour_plan_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT tour_plan_pkey PRIMARY KEY (id),
  CONSTRAINT tour_plan_placed_when_found CHECK (((found IS NULL) = (placements IS NULL))),
  CONSTRAINT tour_plan_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour(id)
);
CREATE INDEX tour_plan_tour_id_created_at_idx ON public.tour_plan USING btree (tour_id, created_at);

CREATE TABLE trainer_absence (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  days daterange NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT trainer_absence_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT trainer_absence_days_whole CHECK (((NOT isempty(days)) AND (NOT lower_inf(days)) AND (NOT upper_inf(days)))),
  CONSTRAINT trainer_absence_once_a_day EXCLUDE USING gist (account_id WITH =, days WITH &&),
  CONSTRAINT trainer_absence_pkey PRIMARY KEY (id)
);

CREATE TABLE trainer_course (
  account_id uuid NOT NULL,
  course_id uuid NOT NULL,
  CONSTRAINT trainer_course_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT trainer_course_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id) ON DELETE CASCADE,
  CONSTRAINT trainer_course_pkey PRIMARY KEY (account_id, course_id)
);
CREATE INDEX trainer_course_course_id_idx ON public.trainer_course USING btree (course_id);

CREATE TABLE trainer_notice (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  account_id uuid NOT NULL,
  message_id uuid NOT NULL,
  news text NOT NULL,
  CONSTRAINT trainer_notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT trainer_notice_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT trainer_notice_news_known CHECK ((news = ANY (ARRAY['given'::text, 'moved'::text, 'taken'::text, 'postponed'::text, 'called-off'::text]))),
  CONSTRAINT trainer_notice_pkey PRIMARY KEY (id),
  CONSTRAINT trainer_notice_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);
CREATE INDEX trainer_notice_message_id_idx ON public.trainer_notice USING btree (message_id);
CREATE INDEX trainer_notice_session_id_idx ON public.trainer_notice USING btree (session_id);

CREATE TABLE trainer_profile (
  account_id uuid NOT NULL,
  home_city text NOT NULL,
  CONSTRAINT trainer_profile_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  CONSTRAINT trainer_profile_home_city_fkey FOREIGN KEY (home_city) REFERENCES city(slug),
  CONSTRAINT trainer_profile_pkey PRIMARY KEY (account_id)
);

CREATE TABLE unit (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  n smallint NOT NULL,
  local_date date NOT NULL,
  local_start time(0) without time zone NOT NULL,
  local_end time(0) without time zone NOT NULL,
  zone text NOT NULL,
  during tstzrange NOT NULL,
  room_id uuid,
  live boolean DEFAULT true NOT NULL,
  CONSTRAINT unit_during_half_open CHECK (((NOT isempty(during)) AND lower_inc(during) AND (NOT upper_inc(during)))),
  CONSTRAINT unit_id_during_live_key UNIQUE (id, during, live),
  CONSTRAINT unit_n_positive CHECK ((n > 0)),
  CONSTRAINT unit_pkey PRIMARY KEY (id),
  CONSTRAINT unit_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id),
  CONSTRAINT unit_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id),
  CONSTRAINT unit_session_id_n_key UNIQUE (session_id, n) DEFERRABLE,
  CONSTRAINT unit_within_a_day CHECK ((local_end > local_start))
);
CREATE INDEX unit_during_idx ON public.unit USING gist (during);

CREATE TABLE unit_resource (
  unit_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  resource_kind text NOT NULL,
  during tstzrange NOT NULL,
  live boolean NOT NULL,
  CONSTRAINT unit_resource_kind_known CHECK ((resource_kind = ANY (ARRAY['trainer'::text, 'room'::text, 'kit'::text]))),
  CONSTRAINT unit_resource_one_place_at_a_time EXCLUDE USING gist (resource_id WITH =, during WITH &&) WHERE (live) DEFERRABLE,
  CONSTRAINT unit_resource_pkey PRIMARY KEY (unit_id, resource_id),
  CONSTRAINT unit_resource_unit_fkey FOREIGN KEY (unit_id, during, live) REFERENCES unit(id, during, live) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX unit_resource_resource_id_idx ON public.unit_resource USING btree (resource_id);

CREATE TABLE venue (
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  city_slug text NOT NULL,
  name_fr text NOT NULL,
  name_ar text NOT NULL,
  landmark_fr text DEFAULT ''::text NOT NULL,
  landmark_ar text DEFAULT ''::text NOT NULL,
  wheelchair boolean DEFAULT false NOT NULL,
  CONSTRAINT venue_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city(slug),
  CONSTRAINT venue_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT venue_pkey PRIMARY KEY (id)
);
CREATE INDEX venue_city_slug_idx ON public.venue USING btree (city_slug);

CREATE TABLE video (
  id uuid NOT NULL,
  hash text NOT NULL,
  duration_ms integer NOT NULL,
  bundle text NOT NULL,
  master text NOT NULL,
  poster jsonb NOT NULL,
  renditions jsonb NOT NULL,
  audio_only jsonb NOT NULL,
  audio_tracks jsonb NOT NULL,
  captions jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT video_duration_ms_positive CHECK ((duration_ms > 0)),
  CONSTRAINT video_hash_key UNIQUE (hash),
  CONSTRAINT video_pkey PRIMARY KEY (id)
);

CREATE TABLE video_progress (
  person_id uuid NOT NULL,
  video_id uuid NOT NULL,
  watched int4multirange NOT NULL,
  claimed int4multirange NOT NULL,
  position_ms integer NOT NULL,
  last_event_at timestamp with time zone NOT NULL,
  last_event_id uuid NOT NULL,
  watched_ms integer GENERATED ALWAYS AS (stretches_length(watched)) STORED NOT NULL,
  claimed_ms integer GENERATED ALWAYS AS (stretches_length(claimed)) STORED NOT NULL,
  CONSTRAINT video_progress_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT video_progress_pkey PRIMARY KEY (person_id, video_id),
  CONSTRAINT video_progress_position_ms_whole CHECK ((position_ms >= 0)),
  CONSTRAINT video_progress_video_id_fkey FOREIGN KEY (video_id) REFERENCES video(id),
  CONSTRAINT video_progress_watched_was_claimed CHECK ((watched <@ claimed))
);
CREATE INDEX video_progress_video_id_idx ON public.video_progress USING btree (video_id);

CREATE TABLE video_upload (
  id uuid NOT NULL,
  organisation_id uuid,
  account_id uuid NOT NULL,
  course_id uuid NOT NULL,
  module text NOT NULL,
  part text NOT NULL,
  spoken text NOT NULL,
  file_name text NOT NULL,
  bytes bigint NOT NULL,
  state text NOT NULL,
  sha256 text,
  refusal text,
  created_at timestamp with time zone NOT NULL,
  touched_at timestamp with time zone NOT NULL,
  CONSTRAINT video_upload_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  CONSTRAINT video_upload_bytes_range CHECK (((bytes >= 1) AND (bytes <= 524288000))),
  CONSTRAINT video_upload_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id),
  CONSTRAINT video_upload_file_name_length CHECK (((char_length(file_name) >= 1) AND (char_length(file_name) <= 200))),
  CONSTRAINT video_upload_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  CONSTRAINT video_upload_pkey PRIMARY KEY (id),
  CONSTRAINT video_upload_refusal_of_refused CHECK (((refusal IS NOT NULL) = (state = 'refused'::text))),
  CONSTRAINT video_upload_sha256_digest CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  CONSTRAINT video_upload_sha256_of_received CHECK (((sha256 IS NOT NULL) = (state = 'received'::text))),
  CONSTRAINT video_upload_spoken_known CHECK ((spoken = ANY (ARRAY['ary'::text, 'rif'::text, 'fr'::text, 'ar'::text, 'zgh'::text, 'none'::text]))),
  CONSTRAINT video_upload_state_known CHECK ((state = ANY (ARRAY['receiving'::text, 'received'::text, 'cancelled'::text, 'expired'::text, 'refused'::text])))
);
CREATE INDEX video_upload_course_id_created_at_idx ON public.video_upload USING btree (course_id, created_at DESC);
CREATE INDEX video_upload_receiving_touched_at_idx ON public.video_upload USING btree (touched_at) WHERE (state = 'receiving'::text);
CREATE INDEX video_upload_sha256_idx ON public.video_upload USING btree (sha256) WHERE (sha256 IS NOT NULL);
