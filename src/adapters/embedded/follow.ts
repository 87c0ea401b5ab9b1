import { setTimeout as pause } from 'node:timers/promises';
import type { Cursor } from '#adapter-kit';
import { entityNamed } from './entities.ts';
import type { EmbeddedEntity } from './entities.ts';
import { placeOf } from './place.ts';
import type { EmbeddedErp } from './port.ts';

const LOOK_MS = 400;

/** Waits until something was committed beyond one of these places, and says of which entities. */
export async function followErp(
  erp: EmbeddedErp,
  places: ReadonlyMap<string, Cursor>,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const marks = new Map<EmbeddedEntity, string>();
  const behind: EmbeddedEntity[] = [];
  for (const [name, cursor] of places) {
    const entity = entityNamed(name);
    const place = placeOf(cursor, entity);
    const mark = place.reading === 'changes' ? place.since : place.begun;
    marks.set(entity, mark);
    // Half-way through pages, or of a mark that tells nothing any more: reading goes on, or says so.
    const isBehind = 'until' in place || (await erp.whyLost(mark)) !== undefined;
    if (isBehind) behind.push(entity);
  }
  if (behind.length > 0) return behind;
  for (;;) {
    stop.throwIfAborted();
    const changed = await erp.changedSince(marks);
    if (changed.length > 0) return changed;
    await pause(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}
