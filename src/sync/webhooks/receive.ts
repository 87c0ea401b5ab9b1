import { createHash } from 'node:crypto';
import { parseExactJson } from '#adapter-kit';
import type { WebhookSender } from '#adapter-kit/webhook';
import type { Database } from '#database';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import { acceptDelivery } from './accept-delivery.ts';
import type { Delivery } from './accept-delivery.ts';
import { bodyDepth } from './body-depth.ts';
import { textAt, wishesOf } from './read-events.ts';
import { hasToken, isGenuine, sentAtOf } from './verify-delivery.ts';
import type { RawDelivery } from './verify-delivery.ts';

/** What becomes of a delivery. Refused says no more: who forges one learns nothing from it. */
export type Received =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** An integration whose system may send. */
export type Receiving = {
  readonly integration: string;
  readonly sender: WebhookSender;
  readonly secrets: readonly string[];
  readonly entities: ReadonlySet<string>; // That its mapping reads.
};

const DEPTH_MAX = 64;
const WISHES_MAX = 10_000;
const ID_MAX = 200;

/** A sender that does not exist, with which the proof of nobody is looked at as if it did. */
const NOBODY: Pick<Receiving, 'sender' | 'secrets'> = {
  sender: {
    proof: {
      kind: 'hmac',
      header: 'x-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: '',
      signs: '{body}',
      secret: 'text',
    },
    events: '',
    meanings: [],
  },
  secrets: ['of nobody'],
};

/** Takes a delivery in. It is committed, with the work it asks for, before this answers. */
export async function receiveDelivery(
  {
    database,
    now,
    along,
  }: { readonly database: Database; readonly now: Instant } & Pick<Delivery, 'along'>,
  raw: RawDelivery,
  receiving: Receiving | undefined,
): Promise<Received> {
  const { sender, secrets } = receiving ?? NOBODY;
  const genuine = isGenuine(raw, { sender, secrets, now });
  if (receiving === undefined || !genuine) return { kind: 'refused' };
  const tokenIsInside = sender.proof.kind === 'event-token';
  const unreadable = (reason: string): Received =>
    tokenIsInside ? { kind: 'refused' } : { kind: 'unreadable', reason };
  if (bodyDepth(raw.body) > DEPTH_MAX) return unreadable(`it is nested beyond ${DEPTH_MAX}`);
  const body = parseExactJson(raw.body.toString('utf8'));
  if (body === undefined) return unreadable('its body is no JSON');
  if (!hasToken(body, sender, secrets)) return { kind: 'refused' };
  const wishes = wishesOf(body, sender, receiving.entities);
  const sentAt = sentAtOf(raw, sender);
  const accepted = await acceptDelivery(
    database,
    {
      integration: receiving.integration,
      name: nameOf(raw, sender, body),
      ...(sentAt === undefined ? {} : { sentAt }),
      bytes: raw.body.length,
      ...(along === undefined ? {} : { along }),
      // Whoever names more than that asks for all that has changed.
      wishes: wishes.length > WISHES_MAX ? [{}] : wishes,
    },
    now,
  );
  return { kind: accepted ? 'accepted' : 'repeat' };
}

/** What a delivery is known by: the sender's word, else what it says and when. */
function nameOf(
  raw: RawDelivery,
  sender: WebhookSender,
  body: Json,
): { readonly text: string; readonly sure: boolean } {
  const { deliveryId, timestamp } = sender;
  const said =
    deliveryId === undefined
      ? undefined
      : 'header' in deliveryId
        ? raw.headers[deliveryId.header]
        : textAt(body, deliveryId.path);
  if (said !== undefined && said !== '') {
    const short = said.length <= ID_MAX ? said : createHash('sha256').update(said).digest('hex');
    return { text: short, sure: true };
  }
  const when = timestamp === undefined ? '' : (raw.headers[timestamp.header] ?? '');
  const digest = createHash('sha256').update(`${when}\n`).update(raw.body).digest('hex');
  return { text: `sha256:${digest}`, sure: timestamp !== undefined };
}
