import { route } from '../route.ts';

/** Sets another secret for what a system sends; the one before stays good until it is retired. */
export const rotateWebhookSecret = route({
  name: 'rotateWebhookSecret',
  summary: 'Sets another secret for what a system sends; the one before stays good until retired.',
  permission: 'integrations:write',
  audit: { within: 'webhooks.secret-rotated' },
  errors: ['sync.no-integration'],
  handle: ({ params, body, change, note }, { webhooks }) => {
    note({ details: { given: body.secret !== undefined } });
    return change((transaction) => webhooks.rotate(transaction, params.name, body.secret));
  },
});
