export { IdentityModule } from './identity.module.js';
export { SignInService, type Holder, type IssuedToken } from './sign-in.service.js';
export { SignInQuery, type LiveSignIn } from './sign-in.query.js';
export { AccountService, type NewAccount, type NewGrant } from './account.service.js';
export { ChallengeService, type Challenge, CODE_LIFE_MS } from './challenge.service.js';
export { hourlyBudget } from './code-countries.js';
export { StaffSignIn } from './staff-sign-in.service.js';
export { onward, safeNext } from './web/safe-next.js';
export { SessionCookie } from './web/session-cookie.js';
