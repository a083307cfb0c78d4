export { CertificatesModule } from './certificates.module.js';
export { CertificateIssuer } from './certificate.issuer.js';
export { CertificateLink } from './certificate-link.js';
export { CertificateQuery } from './certificate.query.js';
export type { CertificateRow, CertificateStatus, CompletionKey, FrozenCertificate } from './certificate.js';
export { newCertificateCode } from './certificate-code.js';
