import { route } from '../route.ts';

/** Renews the keys that credentials are sealed with. */
export const rotateVault = route({
  name: 'rotateVault',
  summary: 'Renews the keys that credentials are sealed with.',
  permission: 'vault:write',
  audit: { around: 'vault.rotated' },
  errors: ['vault.key-from-environment'],
  handle: async (_, { sources }) => ({ secrets: await sources.rotateVault() }),
});
