import { route } from '../route.ts';

/** Lets go what was held back from a system. */
export const releaseIntegration = route({
  name: 'releaseIntegration',
  summary: 'Lets go what was held back from a system.',
  permission: 'transactions:write',
  audit: { around: 'integrations.released' },
  errors: ['sync.no-integration'],
  async handle({ params }, { health }) {
    await health.release(params.name);
    return { ok: true };
  },
});
