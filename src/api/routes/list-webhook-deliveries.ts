import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists what a system has told of by itself, newest first. */
export const listWebhookDeliveries = route({
  name: 'listWebhookDeliveries',
  summary: 'Lists what a system has told of by itself, newest first.',
  permission: 'runs:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  async handle({ params, query }, { webhooks }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = { ...query, offset, limit: pageSize };
    const { rows, total } = await webhooks.deliveries(params.name, asked);
    return { items: [...rows], total, page, pageSize };
  },
});
