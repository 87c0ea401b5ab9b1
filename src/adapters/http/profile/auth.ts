import { z } from 'zod';

const CredentialNames = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/);
const TokenUrl = z.union([z.url({ protocol: /^https?$/ }), z.string().regex(/^\/\S*$/)]);
const token = {
  tokenUrl: TokenUrl, // Whole, or a path of the system itself.
  proof: z.enum(['basic', 'body', 'assertion', 'nothing']).default('body'),
  scope: z.string().optional(),
  more: z.record(z.string(), z.string()).optional(),
  algorithm: z.enum(['RS256', 'ES256', 'PS256']).default('RS256'),
};

/** How one signs in. Secrets are not here: they are credentials of the integration, by name. */
export const AuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('api-key'),
    in: z.enum(['header', 'query']),
    name: z.string().min(1),
    prefix: z.string().optional(),
    credential: CredentialNames.default('apiKey'),
  }),
  z.strictObject({ kind: z.literal('basic') }),
  z.strictObject({ kind: z.literal('client-credentials'), ...token }),
  z.strictObject({ kind: z.literal('refresh-token'), ...token }),
  z.strictObject({
    kind: z.literal('jwt-bearer'),
    ...token,
    audience: z.string().optional(),
    claims: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('oauth1'),
    method: z.enum(['HMAC-SHA256', 'HMAC-SHA1']).default('HMAC-SHA256'),
  }),
]);
export type Auth = Readonly<z.infer<typeof AuthSchema>>;

/** The credentials that a way of signing in needs, by name. */
export function credentialsNeeded(auth: Auth): readonly string[] {
  switch (auth.kind) {
    case 'none':
      return [];
    case 'api-key':
      return [auth.credential];
    case 'basic':
      return ['user', 'password'];
    case 'client-credentials':
      return ['clientId', ...proofNeeds(auth.proof)];
    case 'refresh-token':
      return ['clientId', 'refreshToken', ...proofNeeds(auth.proof)];
    case 'jwt-bearer':
      return [...new Set(['clientId', 'privateKey', ...proofNeeds(auth.proof)])];
    case 'oauth1':
      return ['consumerKey', 'consumerSecret', 'token', 'tokenSecret'];
  }
}

function proofNeeds(proof: 'basic' | 'body' | 'assertion' | 'nothing'): readonly string[] {
  if (proof === 'nothing') return [];
  return proof === 'assertion' ? ['privateKey'] : ['clientSecret'];
}
