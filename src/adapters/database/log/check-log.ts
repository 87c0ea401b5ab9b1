import type { Line } from '../connection.ts';
import { sourceError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import { sql } from '../sql.ts';
import { checkIdentities } from './identity.ts';
import { checkServer, namesFor, slotState } from './slot.ts';

const LAG_WARNED = 1_000_000_000n;

/** Looks whether an entity's changes can be told, and how far its slot is behind. Changes nothing. */
export async function checkLog(line: Line, name: string, layout: Layout): Promise<string> {
  await checkServer(line);
  await checkIdentities(line, layout);
  const [[may, used, most, kept] = []] = await line.session.rows(
    sql`select (rolsuper or rolreplication)::text,
        (select count(*) from pg_replication_slots)::text,
        current_setting('max_replication_slots'),
        current_setting('max_slot_wal_keep_size')
      from pg_roles where rolname = current_user`,
  );
  if (may !== 'true') {
    throw sourceError('forbidden', 'database.log-forbidden', 'reading the log of the server', {
      remedy: 'Its user needs the right: ALTER ROLE … REPLICATION.',
    });
  }
  const names = namesFor(line.slots, name);
  const state = await slotState(line, names);
  if (state === undefined && Number(used) >= Number(most)) {
    throw sourceError('invalid', 'database.log-not-kept', 'reading the log of the server', {
      remedy: `All ${most ?? ''} slots are taken: raise max_replication_slots and restart it.`,
    });
  }
  const said =
    state === undefined
      ? [`no slot yet: the first read makes ${names.slot}`]
      : state.lost === undefined
        ? [`the slot ${names.slot} keeps ${inWords(state.lagBytes)} of its log`]
        : [`the slot ${names.slot}: ${state.lost}; the next read begins anew`];
  if ((state?.lagBytes ?? 0n) > LAG_WARNED) said.push('warning: it is far behind; is it read?');
  if (kept === '-1') {
    said.push(
      "warning: nothing bounds what slots keep: set max_slot_wal_keep_size to what its disk can spare ('20GB')",
    );
  }
  return said.join('; ');
}

const inWords = (bytes: bigint): string =>
  bytes < 10_000_000n ? `${bytes / 1_000n} kB` : `${bytes / 1_000_000n} MB`;
