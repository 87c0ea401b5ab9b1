import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** An opaque secret to hand out once: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What we keep of a token: SHA-256 suffices for a secret that nobody can guess. */
export const hashToken = (token: string): string => hash('sha256', token, 'hex');

/** Compares two secrets in a time that does not tell where they differ. */
export function sameToken(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)));
}
