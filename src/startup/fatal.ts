const KNOWN_CODES: Readonly<Record<string, (error: NodeJS.ErrnoException & { port?: number }) => string>> = {
  EADDRINUSE: (error) => `Port ${error.port ?? ''} is taken: stop the other program or set PORT`,
  EACCES: (error) =>
    error.syscall === 'listen'
      ? `Port ${error.port ?? ''} may not be used by this user: set PORT`
      : `${error.path ?? 'A file'} cannot be written`,
  EADDRNOTAVAIL: () => 'HOST is no address of this machine',
};

/** One clear line on standard error, and exit 1. */
export function exitWith(error: unknown): never {
  const failure = error instanceof Error ? error : new Error(String(error));
  const known = KNOWN_CODES[(failure as NodeJS.ErrnoException).code ?? ''];
  const line = (known ? known(failure) : failure.message).split('\n')[0];
  process.stderr.write(`qafila: ${line}\n`);
  process.exit(1);
}
