import { route } from '../route.ts';

/** Sends all dead letters of a system again that fit. */
export const retryDeadLetters = route({
  name: 'retryDeadLetters',
  summary: 'Sends all dead letters of a system again that fit.',
  permission: 'transactions:write',
  audit: { around: 'transactions.all-retried' },
  errors: ['main.no-operation', 'sync.no-integration'],
  async handle({ body, principal, note }, { transactions }) {
    const retried = await transactions.retryAll(body, principal.id);
    note({ details: { integration: body.integration, retried } });
    return { retried };
  },
});
