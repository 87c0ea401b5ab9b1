import { route } from '../route.ts';

/** Puts an earlier version of a mapping in force again, as a new version. */
export const restoreMapping = route({
  name: 'restoreMapping',
  summary: 'Puts an earlier version of a mapping in force again, as a new version.',
  permission: 'integrations:write',
  audit: { around: 'mappings.restored' },
  errors: ['sync.no-integration', 'sync.no-mapping-version'],
  async handle({ params, principal, note }, { mappings }) {
    const saved = await mappings.restore(params.name, principal.id, params.version);
    note({ details: saved });
    return saved;
  },
});
