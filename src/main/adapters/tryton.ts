import { z } from 'zod';
import { directTransport } from '#adapter-kit/http';
import { connectTryton, parseTrytonSettings } from '#adapters/tryton';
import type { Registration } from './registration.ts';

const Settings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  database: z.string().min(1).max(63),
  username: z.string().min(1).max(100),
  company: z.string().max(20).optional(),
  warehouse: z.string().max(20).optional(),
  networks: z.array(z.string().max(50)).max(20).optional(), // Private ones it may be in.
});

/** Tryton, by its JSON-RPC. */
export const tryton: Registration = {
  name: 'tryton',
  title: 'Tryton',
  settings: Settings,
  secrets: [{ name: 'password' }],
  mappings: ['tryton'],
  connect({ settings, secrets, clock, log }) {
    const { networks = [], ...rest } = Settings.parse(settings);
    const { host } = new URL(rest.url);
    const transport = directTransport({ destinations: { hosts: [host], networks } });
    const asked = parseTrytonSettings({ ...rest, password: secrets['password'] });
    const shared = { transport, clock, random: Math.random };
    return connectTryton(asked, log === undefined ? shared : { ...shared, log });
  },
};
