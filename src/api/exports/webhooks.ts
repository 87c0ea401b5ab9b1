import type { WebhookDelivery } from '#api-contract/webhook';
import { allPages, exportOf } from '../export.ts';

/** What a system has told of by itself as a file. */
export const exportWebhookDeliveries = exportOf({
  name: 'exportWebhookDeliveries',
  permission: 'runs:read',
  audit: { around: 'webhook-deliveries.exported' },
  columns: {
    receivedAt: ({ receivedAt }: WebhookDelivery) => receivedAt,
    sentAt: ({ sentAt }) => sentAt ?? undefined,
    state: ({ state }) => state,
    deliveryId: ({ deliveryId }) => deliveryId,
    repeats: ({ repeats }) => repeats,
    named: ({ wishCount }) => wishCount,
    first: ({ wishes: [first] }) => [first?.type, first?.entity, first?.key].join(' ').trim(),
    bytes: ({ bytes }) => bytes,
    problem: ({ problem }) => problem ?? undefined,
    finishedAt: ({ finishedAt }) => finishedAt ?? undefined,
    integration: ({ integration }) => integration,
    id: ({ id }) => id,
  },
  pages: ({ params, query }, { webhooks }) =>
    allPages(
      (at) => webhooks.deliveries(params.name, { ...query, ...at }),
      ({ id }) => id,
    ),
});
