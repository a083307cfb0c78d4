/** What differs from server to server; the rest of the settings is the same everywhere. */
export interface ServerSettings {
  major: number;
  socketDir: string;
  logDir: string;
  /** Port on 127.0.0.1; absent: unix socket only. */
  tcpPort?: number | undefined;
  /** Overrides by name, such as `fsync: 'off'` for a test server. */
  extra?: Record<string, string> | undefined;
}

/** Port of a server that has only its socket: part of the socket's file name, nothing listens on it. */
export const SOCKET_PORT = 5432;

/** The settings file of the server: fitted to a small machine (1 GB, 1 or 2 cores) that also runs Qafila itself. */
export function settingsText({ major, socketDir, logDir, tcpPort, extra }: ServerSettings): string {
  const settings: Record<string, string> = {
    listen_addresses: tcpPort === undefined ? '' : '127.0.0.1',
    port: String(tcpPort ?? SOCKET_PORT),
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    // Three pools of at most 18 in each of two processes, and room for the command line.
    max_connections: '60',
    password_encryption: 'scram-sha-256',
    shared_buffers: '64MB',
    effective_cache_size: '512MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: '1.1',
    max_worker_processes: '4',
    max_parallel_workers: '2',
    max_parallel_workers_per_gather: '1',
    autovacuum_max_workers: '2',
    jit: 'off',
    // No replica is ever fed from an embedded server, so the log of changes may be small.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...LOGGING,
    log_directory: logDir,
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    ...extra,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by Qafila at every start; changes are lost.\n${lines.join('\n')}\n`;
}

/**
 * One file per weekday, so at most seven. Statements and DETAIL lines stay out: they carry names and phone numbers, and
 * whoever sent the statement gets the same text as an error anyway.
 */
const LOGGING = {
  logging_collector: 'on',
  log_destination: 'stderr',
  log_filename: 'postgresql-%a.log',
  log_file_mode: '0600',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_line_prefix: '%m [%p] ',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};
