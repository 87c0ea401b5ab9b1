import { expect, test } from 'vitest';
import { waysOf } from './secret-ways.ts';

const optional = (...names: string[]) => names.map((name) => ({ name, optional: true }));

test('secrets of a system with several ways to sign in are asked for way by way', () => {
  const ways = waysOf(optional('apiKey', 'user', 'password', 'clientId', 'clientSecret'));
  expect(ways.map(({ way, of }) => `${way}: ${of.map(({ name }) => name).join(' ')}`)).toEqual([
    'apiKey: apiKey',
    'user: user password',
    'oauth2: clientId clientSecret',
  ]);
});

test('one way alone, a secret that is needed, or one nobody knows are asked for together', () => {
  expect(waysOf(optional('user', 'password'))).toEqual([]);
  expect(waysOf([{ name: 'password', optional: false }])).toEqual([]);
  expect(waysOf(optional('apiKey', 'password', 'passphrase'))).toEqual([]);
});
