import { rows, sql } from '#database';
import type { Handle } from '#database';
import { GENESIS, hashOf } from './event.ts';
import type { AuditEvent } from './event.ts';

/** Whether the log is whole. `brokenAt`: the first position that does not fit. */
export type Verdict =
  | { readonly ok: true; readonly events: number }
  | {
      readonly ok: false;
      readonly events: number;
      readonly brokenAt: bigint;
      readonly reason: string;
    };

type Row = AuditEvent & {
  readonly position: string;
  readonly previousHash: string;
  readonly hash: string;
};

const PAGE = 1_000;

/**
 * Reads the whole log and recomputes every hash. It cannot see that the newest events were cut off:
 * for that, compare `events` with a count noted elsewhere.
 */
export async function verifyChain(handle: Handle): Promise<Verdict> {
  let events = 0;
  let previous = GENESIS;
  for (;;) {
    const page = await rows<Row>(
      handle,
      sql`select position, at, actor, action, outcome, subject, details, trace_id as "traceId",
          previous_hash as "previousHash", hash
        from audit.event where position > ${BigInt(events)} order by position limit ${PAGE}`,
    );
    for (const row of page) {
      const position = BigInt(events) + 1n;
      const reason = faultOf(row, position, previous);
      if (reason !== undefined) return { ok: false, events, brokenAt: position, reason };
      previous = row.hash;
      events += 1;
    }
    if (page.length < PAGE) return { ok: true, events };
  }
}

function faultOf(row: Row, position: bigint, previous: string): string | undefined {
  if (BigInt(row.position) !== position) return 'an event is missing';
  if (row.previousHash !== previous) return 'it does not follow the event before it';
  if (row.hash !== hashOf(row, position, previous)) return 'its content was altered';
  return undefined;
}
