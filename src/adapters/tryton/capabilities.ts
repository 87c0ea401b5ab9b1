import type { Capabilities } from '#adapter-kit';
import { COMMANDS } from './commands.ts';
import { BALANCES, ENTITIES } from './entities.ts';

/** What can be read from a Tryton and asked of it. It tells nobody what was deleted. */
export const CAPABILITIES: Capabilities = {
  reads: {
    ...Object.fromEntries(
      Object.entries(ENTITIES).map(([name, { streams }]) => [
        name,
        streams.length === 0 ? ('snapshot' as const) : ('incremental' as const),
      ]),
    ),
    [BALANCES]: 'snapshot',
  },
  writes: COMMANDS.map(({ operation }) => operation),
  deletions: 'found-by-snapshot',
};
