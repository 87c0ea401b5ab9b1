import { route } from '../route.ts';

/** Shows who wins a field that both sides changed, by kind, and what rules can be about. */
export const getConflictRules = route({
  name: 'getConflictRules',
  summary: 'Shows who wins a field that both sides changed, and what rules can be about.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: ({ params }, { conflicts }) => conflicts.rules(params.name),
});
