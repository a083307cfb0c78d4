import { InvalidConfig, loadConfig } from './app-config.js';

const messageOf = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidConfig);
    return (error as Error).message;
  }
  return '';
};

const PRODUCTION = {
  QAFILA_MODE: 'production',
  QAFILA_SECRET: 's'.repeat(32),
  PUBLIC_URL: 'https://qafila.example',
};

describe('loadConfig', () => {
  it('needs nothing: an empty environment is a demo on loopback', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ QAFILA_MODE: 'demo', PORT: 3000, HOST: '127.0.0.1', QAFILA_ROLE: 'all' });
    expect(config.hasDemoData).toBe(true);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty value for unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' }).PORT).toBe(3000);
  });

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ QAFILA_ROLE: 'queen' }, 'QAFILA_ROLE'],
    [{ QAFILA_DEMO: 'yes' }, 'QAFILA_DEMO'],
    [{ QAFILA_COLOUR: 'blue' }, 'QAFILA_COLOUR'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
    [{ SMS_URL: 'https://sms.example' }, 'SMS_URL'],
    [{ STORAGE_URL: 's3://media' }, 'STORAGE_URL'],
    [{ QAFILA_ACCEL_PATH: 'stored' }, 'QAFILA_ACCEL_PATH'],
    [{ QAFILA_ACCEL_PATH: '/stored/', STORAGE_URL: 's3://key:secret@media' }, 'QAFILA_ACCEL_PATH'],
    [{ QAFILA_MODE: 'production', PUBLIC_URL: 'https://q.example' }, 'QAFILA_SECRET'],
    [{ QAFILA_MODE: 'production', QAFILA_SECRET: 's'.repeat(32) }, 'PUBLIC_URL'],
    [{ ...PRODUCTION, QAFILA_SECRET: 'short' }, 'QAFILA_SECRET'],
    [{ ...PRODUCTION, PUBLIC_URL: 'https://qafila.example/path' }, 'PUBLIC_URL'],
  ])('refuses %j by naming %s', (env, name) => {
    expect(messageOf(env as Record<string, string>)).toContain(`${name}:`);
  });

  it('never repeats a value, which may be a secret', () => {
    expect(messageOf({ QAFILA_SECRET: 'hunter2' })).not.toContain('hunter2');
  });

  it('serves others in production, without demo data', () => {
    const config = loadConfig({ ...PRODUCTION, HOST: '0.0.0.0' });
    expect(config.hasDemoData).toBe(false);
  });
});
