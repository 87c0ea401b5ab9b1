import { route } from '../route.ts';

/** Forgets a source with its settings, secrets and places; its records and their log stay. */
export const deleteIntegration = route({
  name: 'deleteIntegration',
  summary:
    'Forgets a source with its settings, secrets and places; its records and their log stay.',
  permission: 'integrations:write',
  audit: { around: 'integrations.deleted' },
  errors: ['sync.no-integration'],
  async handle({ params }, { sources }) {
    await sources.remove(params.name);
    return { ok: true };
  },
});
