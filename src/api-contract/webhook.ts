import { z } from 'zod';
import { listOf, Moment, pageOf, SEARCH_QUERY } from './common.ts';

const state = z.enum(['waiting', 'done', 'failed']);

/** A delivery of a system that told of something by itself. */
export const WebhookDelivery = z.strictObject({
  id: z.string(),
  integration: z.string(),
  deliveryId: z.string(), // The sender's own word for it, or a hash of it.
  receivedAt: Moment,
  sentAt: Moment.nullable(),
  repeats: z.number().int(), // How often it came again.
  bytes: z.number().int(),
  // The first of what it named. No entity: it asked for all that has changed.
  wishes: z.array(
    z.strictObject({
      type: z.string().optional(),
      entity: z.string().optional(),
      key: z.string().optional(),
    }),
  ),
  wishCount: z.number().int(),
  state,
  problem: z.string().nullable(),
  finishedAt: Moment.nullable(),
});
export type WebhookDelivery = Readonly<z.infer<typeof WebhookDelivery>>;

export const WebhookDeliveryQuery = z.strictObject({
  ...SEARCH_QUERY,
  state: listOf(state).optional(),
});

/** Where a system is to send to, and whether it could. */
export const Webhook = z.strictObject({
  path: z.string(), // Of this server: '/v1/webhooks/erp'.
  sends: z.boolean(), // Its profile says how it sends.
  secrets: z.number().int(), // 0: none yet, so all is refused; 2: it is being changed.
});
export type Webhook = Readonly<z.infer<typeof Webhook>>;

const None = z.strictObject({});
const ByName = z.strictObject({ name: z.string().max(100) });
const NOTHING = { params: ByName, query: None, body: None } as const;

/** Routes about what systems tell of by themselves. */
export const WEBHOOK_ROUTES = {
  getWebhook: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/webhook',
    reply: Webhook,
  },
  rotateWebhookSecret: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/webhook/secret',
    body: z.strictObject({
      secret: z.string().min(16).max(500).optional(), // The sender's; absent: a new one is made.
    }),
    reply: z.strictObject({ secret: z.string().nullable() }), // Shown this once; null: it was given.
  },
  retireWebhookSecret: {
    ...NOTHING,
    method: 'DELETE',
    path: '/v1/integrations/:name/webhook/secret', // The one before.
    reply: Webhook,
  },
  listWebhookDeliveries: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/webhook-deliveries',
    query: WebhookDeliveryQuery,
    reply: pageOf(WebhookDelivery), // Newest first.
  },
} as const;
