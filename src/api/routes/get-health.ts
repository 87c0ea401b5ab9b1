import { route } from '../route.ts';

/** Says that the server answers. */
export const getHealth = route({
  name: 'getHealth',
  summary: 'Says that the server answers.',
  permission: 'public',
  audit: { none: 'changes nothing and tells nothing' },
  errors: [],
  handle: (_, { version }) => Promise.resolve({ ok: true, version }),
});
