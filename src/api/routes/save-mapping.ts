import { route } from '../route.ts';

/** Puts an edited mapping in force, as a new version. */
export const saveMapping = route({
  name: 'saveMapping',
  summary: 'Puts an edited mapping in force, as a new version.',
  permission: 'integrations:write',
  audit: { around: 'mappings.saved' },
  errors: ['sync.no-integration', 'sync.bad-mapping', 'sync.mapping-moved-on'],
  async handle({ params, body, principal, note }, { mappings }) {
    const saved = await mappings.save(params.name, principal.id, body);
    note({ details: saved });
    return saved;
  },
});
