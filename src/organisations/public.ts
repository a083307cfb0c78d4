export { OrganisationsModule } from './organisations.module.js';
export { type NewOrganisation, OrganisationService } from './organisation.service.js';
export { Organisation, type OrganisationKind } from './organisation.entity.js';
