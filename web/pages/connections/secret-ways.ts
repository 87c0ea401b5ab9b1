/** The ways to sign in that secrets belong to, in the order in which they are asked for. */
const WAYS = {
  apiKey: ['apiKey'],
  user: ['user', 'password'],
  oauth2: ['clientId', 'clientSecret', 'refreshToken'],
  jwt: ['privateKey', 'keyId', 'issuer', 'subject'],
  oauth1: ['consumerKey', 'consumerSecret', 'token', 'tokenSecret', 'realm'],
} as const;

/** A way to sign in, as the pages name it. */
export type SecretWay = keyof typeof WAYS;

type Asked = { readonly name: string; readonly optional: boolean };

/** Secrets, by the way to sign in that they belong to. */
export type SecretsOfWay = { readonly way: SecretWay; readonly of: readonly Asked[] };

const isWay = (name: string): name is SecretWay => Object.hasOwn(WAYS, name);

/**
 * Secrets of a system that can be signed in to in several ways, each by itself. None: there is one
 * way alone, and all of them are asked for together.
 */
export function waysOf(asked: readonly Asked[]): readonly SecretsOfWay[] {
  const known = new Set<string>(Object.values(WAYS).flat());
  const isOpen = asked.every(({ name, optional }) => optional && known.has(name));
  if (!isOpen) return [];
  const ways = Object.entries(WAYS).flatMap(([way, names]): SecretsOfWay[] => {
    const of = asked.filter(({ name }) => names.some((each) => each === name));
    return of.length === 0 || !isWay(way) ? [] : [{ way, of }];
  });
  return ways.length > 1 ? ways : [];
}
