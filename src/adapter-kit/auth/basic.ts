import type { Authentication } from '../http/authentication.ts';
import { withHeader } from './api-key.ts';

/** The credentials of RFC 7617, in UTF-8. */
export function basicCredentials(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** Sends a name and a password with every request. The name holds no colon. */
export function basic({
  user,
  password,
}: {
  readonly user: string;
  readonly password: string;
}): Authentication {
  const credentials = basicCredentials(user, password);
  return {
    sign: async (request) =>
      await Promise.resolve(withHeader(request, 'authorization', credentials)),
    renew: async () => await Promise.resolve(false),
    secrets: () => [password, credentials.slice('Basic '.length)],
  };
}
