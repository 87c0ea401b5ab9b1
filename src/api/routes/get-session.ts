import { instantOf, millisecondsOf } from '#kernel/time';
import { route } from '../route.ts';
import { sessionReply } from './sign-in.ts';

const DAY_MS = 86_400_000;

/** Says who is signed in and what they may do. */
export const getSession = route({
  name: 'getSession',
  summary: 'Says who is signed in and what they may do.',
  permission: 'session:read',
  audit: { none: 'tells people about themselves' },
  errors: [],
  handle({ principal }, { clock }) {
    const expiresAt = principal.expiresAt ?? instantOf(millisecondsOf(clock()) + DAY_MS);
    return Promise.resolve(sessionReply(principal, expiresAt));
  },
});
