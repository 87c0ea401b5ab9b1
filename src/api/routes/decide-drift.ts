import { route } from '../route.ts';

/** Accepts or refuses that a source looks other than before. */
export const decideDrift = route({
  name: 'decideDrift',
  summary: 'Accepts or refuses that a source looks other than before.',
  permission: 'integrations:write',
  audit: { around: 'drift.decided' },
  errors: ['sync.no-drift'],
  async handle({ params, body, principal, note }, { drift }) {
    note({ details: { status: body.status } });
    return drift.decide(params.id, body.status, principal.id);
  },
});
