import { expect, test } from 'vitest';
import { RialtoError } from '#kernel';
import { readSettings } from './settings.ts';

test('defaults are the documented ones', () => {
  expect(readSettings({}, { XDG_DATA_HOME: '/data', RIALTO_TIME_ZONE: 'UTC' })).toEqual({
    dataDir: '/data/rialto',
    port: 4600,
    host: 'localhost',
    sample: true,
    databaseUrl: undefined,
    fiscalYearStartMonth: 1,
    timeZone: 'UTC',
    memoryLimitMb: 512,
  });
});

test('what is wrong is named, with the remedy', () => {
  for (const [flags, env, name] of [
    [{ port: 'http' }, {}, '--port'],
    [{ port: '70000' }, {}, '--port'],
    [{}, { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{}, { RIALTO_FISCAL_YEAR_START: '13' }, 'RIALTO_FISCAL_YEAR_START'],
  ] as const) {
    let said: unknown;
    try {
      readSettings(flags, env);
    } catch (error) {
      said = error;
    }
    expect(said).toMatchObject({ code: 'main.bad-setting' });
    expect(said instanceof RialtoError && said.remedy).toContain(name);
  }
});

test('a variable set to nothing is not set', () => {
  expect(readSettings({}, { DATABASE_URL: '' }).databaseUrl).toBeUndefined();
});
