import { z } from 'zod';
import { connectHttp, parseHttpProfile, SHIPPED_PROFILES, shippedProfile } from '#adapters/http';
import type { HttpProfile } from '#adapters/http';
import { mainError } from '../errors.ts';
import type { Registration } from './registration.ts';

const Settings = z.strictObject({
  // A shipped one by its name, or one as JSON.
  profile: z
    .string()
    .min(1)
    .max(200_000)
    .meta({ examples: [...SHIPPED_PROFILES] }),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  networks: z.array(z.string().max(50)).max(20).optional(), // Private ones it may be in.
  certificateAuthority: z.string().max(100_000).optional(), // PEM.
});

/** Everything a way of signing in may need; which, the profile says. */
const SECRETS = [
  'apiKey',
  'user',
  'password',
  'clientId',
  'clientSecret',
  'privateKey',
  'keyId',
  'issuer',
  'subject',
  'refreshToken',
  'consumerKey',
  'consumerSecret',
  'token',
  'tokenSecret',
  'realm',
] as const;

/** Any REST and JSON interface, by a profile. */
export const http: Registration = {
  name: 'http',
  title: 'REST and JSON, by a profile',
  settings: Settings,
  secrets: SECRETS.map((name) => ({ name, optional: true })),
  mappings: ['impact'],
  webhook: (settings) => profileOf(Settings.parse(settings).profile).webhook,
  connect({ settings, secrets, clock, log, refreshTokens }) {
    const { profile, baseUrl, networks, certificateAuthority } = Settings.parse(settings);
    return connectHttp({
      profile: profileOf(profile),
      credentials: secrets,
      clock,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(networks === undefined ? {} : { networks }),
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
      ...(log === undefined ? {} : { log }),
      ...(refreshTokens === undefined ? {} : { refreshTokens }),
    });
  },
};

function profileOf(text: string): HttpProfile {
  const shipped = shippedProfile(text);
  if (shipped !== undefined) return shipped;
  try {
    return parseHttpProfile(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw mainError('invalid', 'main.bad-source', 'reading the profile', {
      remedy: `It is neither JSON nor one of: ${SHIPPED_PROFILES.join(', ')}.`,
    });
  }
}
