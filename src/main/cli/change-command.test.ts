import { expect, test } from 'vitest';
import { changedSettings } from './change-command.ts';

const SFTP = { host: { type: 'string' }, port: { type: 'integer' } };
const SCHEMA = {
  properties: {
    url: { type: 'string' },
    networks: { type: 'array' },
    sftp: { type: 'object', properties: SFTP },
  },
};

test('what is not named stays, a part stands beside its other parts, an empty value takes away', () => {
  const before = { url: 'http://a', networks: ['10.0.0.0/8'], sftp: { host: 'a', port: 22 } };
  const set = ['networks=', 'sftp.port=2222', 'sftp.host=b'];
  expect(changedSettings(SCHEMA, before, set)).toEqual({
    url: 'http://a',
    sftp: { host: 'b', port: 2222 },
  });
  expect(before.networks).toEqual(['10.0.0.0/8']);
});
