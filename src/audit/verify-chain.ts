import type { Handle } from '#database';
import { GENESIS, hashOf } from './event.ts';
import type { StoredEvent } from './event.ts';
import { streamEvents } from './read-events.ts';

/** Whether the log is whole. `brokenAt`: the first position that does not fit. */
export type Verdict =
  | { readonly ok: true; readonly events: number; readonly head: string } // The newest hash.
  | {
      readonly ok: false;
      readonly events: number;
      readonly brokenAt: bigint;
      readonly reason: string;
    };

/** An event whose hash was noted outside of the database. */
export type Noted = { readonly position: bigint; readonly hash: string };

/**
 * Reads the whole log and recomputes every hash. Against a `noted` event it also finds that the
 * newest events were cut off, or the whole chain rewritten; alone it cannot see that.
 */
export async function verifyChain(handle: Handle, noted?: Noted): Promise<Verdict> {
  let events = 0;
  let head = GENESIS;
  for await (const page of streamEvents(handle, {})) {
    for (const event of page) {
      const position = BigInt(events) + 1n;
      const reason = faultOf(event, position, head) ?? contradiction(event, noted);
      if (reason !== undefined) return { ok: false, events, brokenAt: position, reason };
      head = event.hash;
      events += 1;
    }
  }
  if (noted !== undefined && noted.position > BigInt(events)) {
    const brokenAt = BigInt(events) + 1n;
    return { ok: false, events, brokenAt, reason: 'the newest events were cut off' };
  }
  return { ok: true, events, head };
}

function faultOf(event: StoredEvent, position: bigint, previous: string): string | undefined {
  if (event.position !== position) return 'an event is missing';
  if (event.previousHash !== previous) return 'it does not follow the event before it';
  if (event.hash !== hashOf(event, position, previous)) return 'its content was altered';
  return undefined;
}

function contradiction(event: StoredEvent, noted: Noted | undefined): string | undefined {
  if (noted?.position !== event.position || noted.hash === event.hash) return undefined;
  return 'it is not the event that was noted';
}
