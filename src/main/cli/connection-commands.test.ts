import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsOf } from './connection-commands.ts';
import { readSecret } from './read-secret.ts';

const SCHEMA = {
  properties: {
    url: { type: 'string' },
    pages: { type: 'integer' },
    strict: { type: 'boolean' },
    networks: { type: 'array' },
    map: { type: 'object' },
  },
};

test('settings are read as the adapter says they are', () => {
  const set = ['url=http://x/?a=b', 'pages=20', 'strict=true', 'networks=a,b', 'map={"k":[1]}'];
  expect(settingsOf(SCHEMA, set)).toEqual({
    url: 'http://x/?a=b',
    pages: 20,
    strict: true,
    networks: ['a', 'b'],
    map: { k: [1] },
  });
});

test('a part of a setting is named with a dot', () => {
  const parts = { properties: { host: { type: 'string' }, port: { type: 'integer' } } };
  const schema = { properties: { sftp: { type: 'object', ...parts } } };
  const set = ['sftp.host=files.example', 'sftp.port=2222', 'other.thing=x'];
  expect(settingsOf(schema, set)).toEqual({
    sftp: { host: 'files.example', port: 2222 },
    'other.thing': 'x',
  });
});

test('a number stays text where the adapter wants text', () => {
  expect(settingsOf({ properties: { company: { type: 'string' } } }, ['company=007'])).toEqual({
    company: '007',
  });
});

test('a setting without a value is refused with how to write it', () => {
  expect(() => settingsOf(SCHEMA, ['url'])).toThrow('reading --set url');
  expect(() => settingsOf(SCHEMA, ['map=nonsense'])).toThrow('reading --set map');
});

test('a secret comes from the environment or a file, never from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-secret-'));
  const file = join(folder, 'secret');
  writeFileSync(file, 'from a file\n');
  process.env['RIALTO_TEST_SECRET'] = 'from the environment';
  try {
    expect(readSecret('password', `file:${file}`)).toBe('from a file');
    expect(readSecret('password', 'env:RIALTO_TEST_SECRET')).toBe('from the environment');
    expect(() => readSecret('password', 'hunter2')).toThrow("reading the secret 'password'");
    expect(() => readSecret('password', 'env:RIALTO_TEST_MISSING')).toThrow('reading the secret');
  } finally {
    delete process.env['RIALTO_TEST_SECRET'];
    rmSync(folder, { recursive: true });
  }
});
