import { route } from '../route.ts';

/** Forgets the secret before the present one. */
export const retireWebhookSecret = route({
  name: 'retireWebhookSecret',
  summary: 'Forgets the secret before the present one.',
  permission: 'integrations:write',
  audit: { within: 'webhooks.secret-retired' },
  errors: ['sync.no-integration'],
  async handle({ params, change }, { webhooks }) {
    await change((transaction) => webhooks.retire(transaction, params.name));
    return webhooks.find(params.name);
  },
});
