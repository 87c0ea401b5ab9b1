import { expect, test } from 'vitest';
import { settingFields, settingsOf, typedOf } from './setting-fields.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    networks: { type: 'array', items: { type: 'string' } },
    url: { type: 'string', format: 'uri' },
    pages: { type: 'integer' },
    strict: { type: 'boolean' },
    style: { type: 'string', enum: ['page', 'cursor'] },
    profile: { type: 'string', maxLength: 200_000 },
  },
  required: ['url'],
};

test('each setting is asked for in the way its schema says, what is needed first', () => {
  expect(settingFields(SCHEMA).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'url text',
    'networks list',
    'pages number',
    'strict boolean',
    'style choice',
    'profile long',
  ]);
});

test('what was typed becomes settings, what was left empty is left out, and back again', () => {
  const typed = {
    url: ' https://erp ',
    networks: '10.0.0.0/8\n\n ::1',
    pages: '20',
    strict: 'true',
  };
  const settings = settingsOf(settingFields(SCHEMA), { ...typed, style: '' });
  expect(settings).toEqual({
    url: 'https://erp',
    networks: ['10.0.0.0/8', '::1'],
    pages: 20,
    strict: true,
  });
  expect(typedOf(settings)).toEqual({ ...typed, url: 'https://erp', networks: '10.0.0.0/8\n::1' });
});

test('an adapter without settings asks for none', () => {
  expect(settingFields({ type: 'object' })).toEqual([]);
});

test('a setting with parts is asked for part by part, and put together again', () => {
  const schema = {
    properties: {
      path: { type: 'string' },
      sftp: {
        type: 'object',
        properties: { host: { type: 'string' }, port: { type: 'integer' } },
        required: ['host'],
      },
    },
  };
  const fields = settingFields(schema);
  expect(fields.map(({ name, required }) => [name, required])).toEqual([
    ['path', false],
    ['sftp.host', false],
    ['sftp.port', false],
  ]);
  const typed = { 'sftp.host': 'files.example', 'sftp.port': '22' };
  const settings = settingsOf(fields, { ...typed, path: '' });
  expect(settings).toEqual({ sftp: { host: 'files.example', port: 22 } });
  expect(typedOf(settings)).toEqual(typed);
});
