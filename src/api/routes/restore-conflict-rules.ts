import { route } from '../route.ts';

/** Puts earlier rules of a kind in force again, as a new version. */
export const restoreConflictRules = route({
  name: 'restoreConflictRules',
  summary: 'Puts earlier rules of a kind in force again, as a new version.',
  permission: 'integrations:write',
  audit: { around: 'conflict-rules.restored' },
  errors: ['sync.bad-rules', 'sync.no-integration', 'sync.no-rules'],
  async handle({ params, principal, note }, { conflicts }) {
    const restored = await conflicts.restoreRules(params, principal.id);
    note({ details: { kind: params.kind, from: params.version, ...restored } });
    return restored;
  },
});
