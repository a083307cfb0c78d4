/** Folders where packages of the system put programs; PATH may be empty. */
export const SYSTEM_PATH: readonly string[];

/** Absolute path of the first of these programs that can be executed; null when there is none. */
export function findProgram(...names: string[]): string | null;
