import { z } from 'zod';
import {
  connectDatabase,
  DIALECTS,
  parseDatabaseProfile,
  SHIPPED_PROFILES,
  shippedProfile,
} from '#adapters/database';
import type { DatabaseProfile } from '#adapters/database';
import { mainError } from '../errors.ts';
import type { Registration } from './registration.ts';

const Settings = z.strictObject({
  // A shipped one by its name, or one as JSON.
  profile: z
    .string()
    .min(1)
    .max(200_000)
    .meta({ examples: [...SHIPPED_PROFILES] }),
  server: z.enum(DIALECTS),
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65_535).optional(),
  database: z.string().min(1).max(200), // Of Oracle: the service.
  user: z.string().min(1).max(200),
  networks: z.array(z.string().max(50)).max(20).optional(), // Private ones it may be in.
  tls: z.enum(['verified', 'off']).optional(), // Absent: verified.
  certificateAuthority: z.string().max(100_000).optional(), // PEM.
});

/** The tables and views of a database, by a profile. */
export const database: Registration = {
  name: 'database',
  title: 'Database tables, by a profile',
  settings: Settings,
  secrets: [{ name: 'password' }],
  mappings: ['purchasing-tables'],
  connect({ integration, settings, secrets }) {
    const asked = Settings.parse(settings);
    const { profile, server, port, networks, tls, certificateAuthority, ...rest } = asked;
    return connectDatabase({
      ...rest,
      profile: profileOf(profile),
      dialect: server,
      slots: `rialto_${integration}`,
      password: secrets['password'] ?? '',
      ...(port === undefined ? {} : { port }),
      ...(networks === undefined ? {} : { networks }),
      tls:
        tls === 'off' ? 'off' : certificateAuthority === undefined ? {} : { certificateAuthority },
    });
  },
};

function profileOf(text: string): DatabaseProfile {
  const shipped = shippedProfile(text);
  if (shipped !== undefined) return shipped;
  try {
    return parseDatabaseProfile(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw mainError('invalid', 'main.bad-source', 'reading the profile', {
      remedy: `It is neither JSON nor one of: ${SHIPPED_PROFILES.join(', ')}.`,
    });
  }
}
