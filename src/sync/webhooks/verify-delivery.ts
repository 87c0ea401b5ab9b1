import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSender } from '#adapter-kit/webhook';
import type { Json } from '#kernel';
import { instantOf, millisecondsOf, parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { eventsOf, textAt } from './read-events.ts';

/** A delivery as it came in: headers by their names in small letters, the body to the byte. */
export type RawDelivery = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Who may have sent it: how the sender proves itself, with each secret that is valid now. */
export type Expected = {
  readonly sender: WebhookSender;
  readonly secrets: readonly string[];
  readonly now: Instant;
};

type Proof = WebhookSender['proof'];
type Hmac = Extract<Proof, { kind: 'hmac' }>;

const SIGNATURES_MAX = 5; // A sender that rotates its secret signs with both.
const HEADER_MAX = 2_000;

/**
 * Whether a delivery is from the sender, and of now. Proofs in headers are looked at before a byte
 * of the body is read; every comparison takes the same time whatever differs.
 */
export function isGenuine(raw: RawDelivery, { sender, secrets, now }: Expected): boolean {
  const { proof } = sender;
  if (proof.kind === 'event-token') return true; // Looked for in each event: `hasToken`.
  const given = (raw.headers[proof.header] ?? '').slice(0, HEADER_MAX);
  let genuine = false;
  for (const secret of secrets) {
    const same =
      proof.kind === 'header-token'
        ? sameText(given, secret)
        : isSigned(raw, sender, { proof, given, secret });
    genuine = same || genuine;
  }
  return genuine && isOfNow(raw, sender, now);
}

/** Whether every event of a body bears the token. */
export function hasToken(body: Json, sender: WebhookSender, secrets: readonly string[]): boolean {
  const { proof } = sender;
  if (proof.kind !== 'event-token') return true;
  const events = eventsOf(body, sender);
  return (
    events.length > 0 &&
    events.every((event) => {
      const given = textAt(event, proof.path) ?? '';
      return secrets.filter((secret) => sameText(given, secret)).length > 0;
    })
  );
}

/** When a sender says that it sent a delivery. */
export function sentAtOf(raw: RawDelivery, sender: WebhookSender): Instant | undefined {
  const { timestamp } = sender;
  const text = timestamp === undefined ? undefined : raw.headers[timestamp.header];
  if (timestamp === undefined || text === undefined) return undefined;
  if (timestamp.format === 'rfc3339') return parseInstant(text);
  if (!/^\d{1,13}$/.test(text)) return undefined;
  return instantOf(Number(text) * (timestamp.format === 'epoch-ms' ? 1 : 1_000));
}

function isOfNow(raw: RawDelivery, sender: WebhookSender, now: Instant): boolean {
  if (sender.timestamp === undefined) return true;
  const sentAt = sentAtOf(raw, sender);
  if (sentAt === undefined) return false;
  const apart = Math.abs(millisecondsOf(now) - millisecondsOf(sentAt));
  return apart <= sender.timestamp.windowSeconds * 1_000;
}

function isSigned(
  raw: RawDelivery,
  sender: WebhookSender,
  { proof, given, secret }: { proof: Hmac; given: string; secret: string },
): boolean {
  const { algorithm, encoding, prefix, signs } = proof;
  const key = proof.secret === 'text' ? Buffer.from(secret) : Buffer.from(secret, proof.secret);
  const hmac = createHmac(algorithm, key);
  const [before = '', after = ''] = signs.split('{body}');
  hmac
    .update(filled(before, raw, sender))
    .update(raw.body)
    .update(filled(after, raw, sender));
  const right = prefix + hmac.digest(encoding);
  const candidates = given.trim().split(/\s+/).slice(0, SIGNATURES_MAX);
  // Every candidate is compared: which one fits shows in no time.
  return candidates.filter((one) => sameText(norm(one, proof), right)).length > 0;
}

/** Hexadecimal digits may be written large. */
function norm(signature: string, { encoding, prefix }: Hmac): string {
  if (encoding !== 'hex') return signature;
  return signature.slice(0, prefix.length) + signature.slice(prefix.length).toLowerCase();
}

function filled(text: string, { headers }: RawDelivery, sender: WebhookSender): string {
  const { timestamp, deliveryId } = sender;
  const idHeader = deliveryId !== undefined && 'header' in deliveryId ? deliveryId.header : '';
  return text
    .replaceAll('{timestamp}', () => headers[timestamp?.header ?? ''] ?? '')
    .replaceAll('{id}', () => headers[idHeader] ?? '');
}

/** Compares hashes: neither length nor place of a difference shows in the time it takes. */
function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b) && one !== '';
}
