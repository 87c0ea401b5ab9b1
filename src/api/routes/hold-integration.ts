import { route } from '../route.ts';

/** Keeps everything from being sent to a system, until it is released. */
export const holdIntegration = route({
  name: 'holdIntegration',
  summary: 'Keeps everything from being sent to a system, until it is released.',
  permission: 'transactions:write',
  audit: { around: 'integrations.held' },
  errors: ['sync.no-integration'],
  async handle({ params, body, principal, note }, { health }) {
    note({ details: { reason: body.reason } });
    await health.hold(params.name, body.reason, principal.id);
    return { ok: true };
  },
});
