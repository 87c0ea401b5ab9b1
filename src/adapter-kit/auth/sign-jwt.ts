import { CompactSign, importPKCS8 } from 'jose';
import type { JsonObject } from '#kernel';

/** How a JSON Web Token is signed: RSA, elliptic curve, or RSA-PSS (RFC 7518 §3). */
export type JwtAlgorithm = 'RS256' | 'ES256' | 'PS256';

/** A private key to sign with. */
export type SigningKey = {
  readonly algorithm: JwtAlgorithm;
  readonly privateKey: string; // PKCS #8, PEM.
  readonly keyId?: string;
};

/** Signs claims as a compact token (RFC 7515 §7.1). */
export async function signJwt(claims: JsonObject, key: SigningKey): Promise<string> {
  const { algorithm, keyId } = key;
  const header = {
    alg: algorithm,
    typ: 'JWT',
    ...(keyId === undefined ? {} : { kid: keyId }),
  };
  return await signCompact(header, JSON.stringify(claims), key);
}

/** Signs a text under a header of one's own. */
export async function signCompact(
  header: { readonly alg: JwtAlgorithm } & Readonly<Record<string, string>>,
  payload: string,
  { algorithm, privateKey }: SigningKey,
): Promise<string> {
  const key = await importPKCS8(privateKey, algorithm);
  return await new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header)
    .sign(key);
}
