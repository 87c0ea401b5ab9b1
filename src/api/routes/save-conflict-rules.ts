import { route } from '../route.ts';

/** Puts the rules of a kind in force, as a new version; without any, everything is asked. */
export const saveConflictRules = route({
  name: 'saveConflictRules',
  summary: 'Puts the rules of a kind in force, as a new version; without any, all is asked.',
  permission: 'integrations:write',
  audit: { around: 'conflict-rules.saved' },
  errors: ['sync.bad-rules', 'sync.no-integration', 'sync.rules-moved-on'],
  async handle({ params, body, principal, note }, { conflicts }) {
    note({ details: { kind: params.kind, rules: body.rules } });
    const saved = await conflicts.saveRules(params, body, principal.id);
    note({ details: saved });
    return saved;
  },
});
