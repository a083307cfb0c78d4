import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { ROLES, SCOPE_KINDS } from '../../shared/access/actor.js';
import { LOCALES } from '../../shared/i18n/i18n.js';
import { CATEGORIES, GENDERS, PURPOSES, SECTORS } from '../person.kinds.js';
import { PersonChoice } from './auth.dto.js';
import { PersonNameView } from './people.dto.js';

/** A role within a scope. */
export class GrantView {
  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiProperty({ enum: SCOPE_KINDS })
  scopeKind!: string;

  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  scopeId!: string | null;
}

/** A city of the tour. */
export class CityView {
  @ApiProperty({ example: 'tetouan' })
  slug!: string;

  @ApiProperty({ example: 'Tétouan' })
  name!: string;
}

/** A province, prefecture or commune by its code. */
export class PlaceView {
  @ApiProperty({ example: '01.511' })
  code!: string;

  @ApiProperty({ example: 'Tanger-Assilah' })
  name!: string;
}

/** A number of the person, as the person may see it. */
export class MyPhoneView {
  @ApiProperty({ example: '+212612345678' })
  e164!: string;

  @ApiProperty({ description: 'False for lines that no SMS reaches' })
  sms!: boolean;

  @ApiProperty({ description: 'A right code came from it' })
  verified!: boolean;
}

/** One's own file. */
export class MyPersonView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['active'] })
  status!: 'active';

  @ApiProperty({ type: PersonNameView })
  name!: PersonNameView;

  @ApiProperty({ example: 'Fatima Alaoui' })
  displayName!: string;

  @ApiProperty({ type: [MyPhoneView] })
  phones!: MyPhoneView[];

  @ApiProperty({ enum: GENDERS })
  gender!: string;

  @ApiProperty({ type: Number, nullable: true })
  birthYear!: number | null;

  @ApiProperty({ type: PlaceView, nullable: true })
  commune!: PlaceView | null;

  @ApiProperty({ type: PlaceView, nullable: true, description: 'Derived from the commune' })
  province!: PlaceView | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['urbain', 'rural'],
    description: 'Derived from the commune',
  })
  milieu!: string | null;

  @ApiProperty({ type: CityView, nullable: true })
  city!: CityView | null;

  @ApiProperty({ type: String, nullable: true, enum: CATEGORIES })
  category!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: SECTORS })
  sector!: string | null;
}

/** A member of the staff. */
export class MyAccountView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'uuid' })
  organisationId!: string;
}

/** Whoever is signed in. */
export class MeView {
  @ApiProperty({
    enum: ['person', 'phone', 'staff'],
    description: '`phone`: nobody of the phone is picked yet',
  })
  kind!: 'person' | 'phone' | 'staff';

  @ApiProperty({ enum: LOCALES })
  language!: string;

  @ApiProperty({ type: MyPersonView, nullable: true })
  person!: MyPersonView | null;

  @ApiProperty({ type: MyAccountView, nullable: true })
  account!: MyAccountView | null;

  @ApiProperty({ type: [PersonChoice], description: 'Whom the phone serves; POST /auth/person picks one' })
  people!: PersonChoice[];

  @ApiProperty({ type: [GrantView] })
  grants!: GrantView[];

  @ApiProperty({ type: String, nullable: true, description: 'For writes by cookie: send it as X-CSRF-Token' })
  csrf!: string | null;
}

/** One purpose and whether I agree to it. */
export class ConsentView {
  @ApiProperty({ enum: PURPOSES })
  purpose!: string;

  @ApiProperty()
  granted!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Version of the words I agreed to' })
  version!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  since!: string | null;
}

/** Every purpose. */
export class ConsentsView {
  @ApiProperty({ type: [ConsentView] })
  items!: ConsentView[];
}

/** All that I agree to from now on; what is not in the list is withdrawn at once. */
export class ConsentsRequest {
  @ApiProperty({ enum: PURPOSES, isArray: true })
  @IsIn(PURPOSES, { each: true })
  @ArrayMaxSize(20)
  @IsArray()
  consents!: string[];
}

/** What I change in my file. */
export class MyChanges {
  @ApiProperty({ enum: LOCALES, description: 'Language of messages to me' })
  @IsIn(LOCALES)
  language!: 'ar' | 'fr' | 'en';
}
