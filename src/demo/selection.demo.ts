import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Contender, DrawSecrets, rank, sha256 } from '../selection/public.js';
import { instantOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { CAMPAIGN_2027 } from './campaign-ids.js';
import { ANSWERED, CALL_2021, CALL_2027, callRow, dossierOf, EVERY } from './calls.demo.js';
import { demoId } from './demo-id.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { CRI } from './organisations.demo.js';
import { SeededRandom } from './random.js';
import { accountId } from './staff.demo.js';
import { type Trainee, trainees } from './trainees-plan.js';

const CALL_RELAY = demoId('call relais-2027');
/** Dossiers of the call that is being screened, and how many of them have both their scores. */
const RELAY = 12;
const SCORED = 7;
/** Of 2021: the same in every database, so that the result is. */
const SECRET_2021 = sha256('selection of apdn-2021');
/** Scores without a password, so that the manager can settle the gap. */
const COORDINATOR = accountId('coordinator');
const [SCORER_A, SCORER_B] = [accountId('admin'), COORDINATOR];

const words = (fr: string, ar: string, en: string) => ({ fr, ar, en });
const CRITERIA = [
  { id: 'c1', label: words('Envie d’apprendre', 'الرغبة في التعلم', 'Wish to learn'), weight: 2 },
  {
    id: 'c2',
    label: words('Produits prêts à vendre', 'منتجات جاهزة للبيع', 'Products ready to sell'),
    weight: 2,
  },
  {
    id: 'c3',
    label: words('Transmet aux autres', 'نقل المعرفة للآخرين', 'Passes it on to others'),
    weight: 1,
  },
];
const DESIGN = {
  ...{ places: 12, reserve: 4, scorers: 2, criteria: CRITERIA },
  rules: [{ kind: 'age', min: 18, max: null }],
  quotas: [
    { id: 'q1', kind: 'gender', value: 'female', least: 6, most: null },
    { id: 'q2', kind: 'cooperative', value: 'cooperative', least: null, most: 5 },
  ],
} as const;

/** A result that is published, a screening that is under way, and a promise beside an open call. */
@Injectable()
export class SelectionDemo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly secrets: DrawSecrets,
  ) {}

  onModuleInit(): void {
    this.demo.register('selection', 151, () => this.load());
  }

  private async load(): Promise<void> {
    const call = callRow({
      ...{ id: CALL_RELAY, campaign_id: CAMPAIGN_2027, slug: 'appel-relais-2027', applications: RELAY },
      title: words(
        'Appel aux artisans relais 2027',
        'نداء إلى الصناع المؤطرين 2027',
        'Call to relay artisans 2027',
      ),
      ...{ opens: '2026-10-26', closes: '2026-11-13', published_at: '2026-10-20T10:00:00Z' },
    });
    const random = new SeededRandom('selection');
    const relays = booked(3)
      .slice(0, RELAY)
      .map(({ id, communeCode }, n) =>
        dossierOf(id, communeCode, n, random, {
          call: CALL_RELAY,
          from: '2026-10-26T09:12:00Z',
          isPlain: true,
        }),
      );
    await this.demo.put('account', [
      {
        ...{ id: COORDINATOR, organisation_id: CRI, email: 'coordinator@qafila.test', name: 'Nadia Lahlou' },
        ...{ language: 'fr', password_hash: '!', created_at: '2026-10-01T09:00:00Z' },
      },
    ]);
    await this.demo.put('role_grant', [
      {
        ...{ id: demoId('grant coordinator'), account_id: COORDINATOR, role: 'coordinator' },
        ...{ scope_kind: 'campaign', scope_id: CAMPAIGN_2027, created_at: '2026-10-01T09:00:00Z' },
      },
    ]);
    await this.demo.put('call', [call]);
    await this.demo.put(
      'application',
      relays.map(({ row }) => row),
    );
    await this.demo.put(
      'application_version',
      relays.flatMap(({ versions }) => versions),
    );
    await this.demo.put('selection', [
      { ...selectionRow(CALL_2021, '2021-11-05', '2021-11-26'), ...published(SECRET_2021) },
      {
        ...selectionRow(CALL_RELAY, '2026-10-20', '2026-11-13'),
        ...announced(this.secrets.promise(CALL_RELAY)),
      },
      {
        ...selectionRow(CALL_2027, '2026-11-02', '2027-01-01'),
        ...announced(this.secrets.promise(CALL_2027)),
      },
    ]);
    await this.screened(random);
    await this.result(random);
  }

  /** The first dossiers have both scores, one of them a gap; the next one has one. */
  private async screened(random: SeededRandom): Promise<void> {
    const dossiers = booked(3)
      .slice(0, RELAY)
      .map(({ id }) => demoId(`application ${CALL_RELAY} ${id}`));
    await this.demo.put(
      'screening_dossier',
      dossiers.map((application_id, n) => ({
        ...{ application_id, call_id: CALL_RELAY, n: n + 1, version: 1, eligible: true, reasons: [] },
      })),
    );
    const looks = dossiers.slice(0, SCORED + 1).flatMap((application_id, n) => {
      const first = scoresOf(random);
      const second = n === 2 ? { c1: 0, c2: 0, c3: 1 } : near(first);
      const isGap = n === 2;
      return [
        lookRow(application_id, 1, isGap ? { c1: 5, c2: 5, c3: 4 } : first, n),
        ...(n < SCORED ? [lookRow(application_id, 2, second, n)] : []),
      ];
    });
    await this.demo.put('screening_score', looks);
  }

  private async result(random: SeededRandom): Promise<void> {
    const [{ number } = { number: 1 }] = await this.demo.db.read<{ number: number }>(
      'demo.callNumber',
      NUMBER,
      [CALL_2021],
    );
    const people = booked(EVERY).slice(0, ANSWERED);
    const sent = people.flatMap((person, n) => (n % 12 === 8 ? [] : [{ person, n: n + 1 }]));
    const contenders = sent.map(({ person, n }): Contender => ({
      number: `${number}-${String(n).padStart(4, '0')}`,
      reasons: [],
      total: 2 * random.between(9, 22),
      quotas: groupsOf(person),
    }));
    const { dossiers } = rank({ ...DESIGN, quotas: [...DESIGN.quotas] }, SECRET_2021, contenders);
    const rows = dossiers.map((one): Row => {
      const n = Number(one.number.split('-')[1]);
      return {
        application_id: demoId(`application ${people[n - 1]?.id ?? ''}`),
        ...{ call_id: CALL_2021, n, first_outcome: one.outcome, outcome: one.outcome, rank: one.rank },
        ...{
          reserve_rank: one.reserveRank,
          points: one.points,
          draw: one.draw,
          code: one.code,
          quota: one.quota,
        },
        reasons: [],
      };
    });
    const first = rows.find((row) => row['outcome'] === 'selected');
    const next = rows.find((row) => row['reserve_rank'] === 1);
    const changed = rows.map((row) => ({
      ...row,
      outcome: row === first ? 'not-selected' : row === next ? 'selected' : row['outcome'],
    }));
    await this.demo.put('selection_result', changed);
    const change = { call_id: CALL_2021, account_id: SCORER_A, note: null };
    await this.demo.put('selection_change', [
      {
        ...{ ...change, k: 1, application_id: first?.['application_id'], at: '2021-12-06T09:30:00Z' },
        ...{ from_outcome: 'selected', to_outcome: 'not-selected', code: 'withdrew' },
      },
      {
        ...{ ...change, k: 2, application_id: next?.['application_id'], at: '2021-12-06T09:34:00Z' },
        ...{ from_outcome: 'reserve', to_outcome: 'selected', code: 'place-freed' },
      },
    ]);
  }
}

const NUMBER = `SELECT number FROM call WHERE id = $1`;

function booked(every: number): Trainee[] {
  return trainees()
    .filter(({ status }) => status === 'booked')
    .filter((_, n) => n % every === 0);
}

function groupsOf({ gender, category }: Trainee): string[] {
  const isCooperative = category === 'cooperative-artisanat' || category === 'autre-cooperative';
  return [...(gender === 'female' ? ['q1'] : []), ...(isCooperative ? ['q2'] : [])];
}

function selectionRow(callId: string, announcedOn: string, closes: string): Row {
  const at = `${announcedOn}T11:00:00Z`;
  return {
    ...{ call_id: callId, organisation_id: CRI, design: DESIGN, revision: 1 },
    ...{ announced_at: at, created_at: at, changed_at: at },
    announced_before: instantOf({ date: closes, time: '18:00', zone: DEFAULT_ZONE }),
  };
}

function announced(promise: { hash: string; sealed: string }): Row {
  return { state: 'announced', ...promise, secret: null, closed_at: null, published_at: null };
}

/** What sealed the secret is of no use any more: it is public. */
function published(secret: string): Row {
  const out = { hash: sha256(secret), sealed: 'published', secret };
  return {
    state: 'published',
    ...out,
    closed_at: '2021-12-01T15:00:00Z',
    published_at: '2021-12-02T09:00:00Z',
  };
}

type Three = Readonly<Record<'c1' | 'c2' | 'c3', number>>;

function scoresOf(random: SeededRandom): Three {
  return { c1: random.between(1, 5), c2: random.between(1, 4), c3: random.between(0, 5) };
}

const near = ({ c1, c2, c3 }: Three): Three => ({ c1: Math.max(0, c1 - 1), c2: c2 + 1, c3 });

function lookRow(application_id: string, slot: 1 | 2, scores: Three, n: number): Row {
  return {
    ...{ application_id, slot, account_id: slot === 1 ? SCORER_A : SCORER_B, version: 1, scores },
    points: 2 * scores.c1 + 2 * scores.c2 + scores.c3,
    ...{ note: null, at: `2026-11-16T${String(9 + n).padStart(2, '0')}:${slot === 1 ? '10' : '40'}:00Z` },
  };
}
