import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12; // NIST SP 800-38D: 96 bits.
const TAG_BYTES = 16;
/** The form of what follows, so that it can change one day. */
const VERSION = 1;

export const KEY_BYTES = 32;

/**
 * Seals bytes with AES-256-GCM. `about` is not hidden but bound: opening needs the same words.
 * Laid out as version, nonce, tag, text. A nonce is random: one key seals at most 2^32 times.
 */
export function seal(key: Buffer, plain: Buffer, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(about, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what `seal` made. Undefined: another key, other words, or it has been altered. */
export function open(key: Buffer, sealed: Buffer, about: string): Buffer | undefined {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(about, 'utf8'));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Says which key it is without telling anything about it. */
export function fingerprintOf(key: Buffer): string {
  return createHash('sha256').update('rialto key\0').update(key).digest('hex').slice(0, 16);
}
