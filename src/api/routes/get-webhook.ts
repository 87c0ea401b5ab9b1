import { route } from '../route.ts';

/** Shows where a system is to send to, and whether it could. */
export const getWebhook = route({
  name: 'getWebhook',
  summary: 'Shows where a system is to send to, and whether it could.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no secret' },
  errors: ['sync.no-integration'],
  handle: ({ params }, { webhooks }) => webhooks.find(params.name),
});
