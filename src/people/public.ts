export { ActivationHooks, type Activated } from './activation-hooks.js';
export {
  type FillableTraits,
  NominatedPeople,
  type NominatedPerson,
  type PersonBehindPhone,
} from './nominated-people.service.js';
export { PeopleModule } from './people.module.js';
export { PersonAccess, speaksFor } from './person-access.js';
export {
  type Contact,
  type PersonPhone,
  PersonQuery,
  type PersonProfile,
  type PersonSnapshot,
  type PersonTraits,
} from './person.query.js';
export { ConsentService } from './consent.service.js';
export { SignUpService } from './sign-up.service.js';
export { SignUpGuard } from './sign-up.guard.js';
export { checkSignUp, type SignUp } from './sign-up.check.js';
export { PhoneSignIn } from './phone-sign-in.service.js';
export { codePath } from './web/code-path.js';
export { ConsentNotice } from './web/consent-notice.js';
export { DoorRegistration } from './door-registration.service.js';
export { TrainingConsentMissing } from './people.errors.js';
export {
  CATEGORIES,
  type Category,
  type Gender,
  GENDERS,
  type Purpose,
  PURPOSES,
  type Sector,
  SECTORS,
} from './person.kinds.js';
export {
  checkPersonName,
  comparePersonNames,
  displayName,
  type NameParts,
  type PersonName,
  shortName,
  sortKey,
} from './person-name.js';
export { nameWords } from './name-key.js';
export { isSameName } from './same-name.js';
export { formatPhone, maskPhone, type ParsedPhone, parsePhone } from './phone-number.js';
