export { IdentityModule } from './identity.module.js';
export { SignInService, type Holder, type IssuedToken } from './sign-in.service.js';
