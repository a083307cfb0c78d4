/** What the servers of a test run need of ours, bundled into one file. */
export { startEmbeddedPostgres } from '../../src/shared/database/embedded/embedded-postgres.js';
export { removeVarFolder } from './var-folder.js';
