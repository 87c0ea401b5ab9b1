import type { Sent } from '../wire.ts';
import { id, textOf } from '../wire.ts';
import { search } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Standing } from './flow.ts';

const FIELDS = ['state', 'number', '_timestamp'];

/**
 * The document that a domain finds, of several the one that has come furthest: a call that came
 * late can leave a second draft, and a draft alone is never more than that.
 */
export async function standingOf(
  desk: Desk,
  model: string,
  domain: Sent,
  states: readonly string[], // From the first to the last.
): Promise<Standing | undefined> {
  const rows = await search(desk, model, domain, FIELDS);
  const [furthest] = rows.toSorted(
    (a, b) => states.indexOf(textOf(b['state'])) - states.indexOf(textOf(a['state'])),
  );
  if (furthest === undefined) return undefined;
  const record = textOf(furthest['id']);
  return {
    record,
    key: record,
    state: textOf(furthest['state']),
    version: textOf(furthest['_timestamp']),
    number: textOf(furthest['number']),
  };
}

/** Calls one method on one record; fails where it is refused. */
export async function callOn(
  { rpc, stop }: Desk,
  model: string,
  method: string,
  params: readonly Sent[],
): Promise<void> {
  const written = await rpc.write({ model, method, params }, stop);
  if (!written.ok) throw new Error(written.refusal.reason);
}

/**
 * Takes a draft away: deletes it, or, where the user may not, cancels it and takes our reference out
 * of `field`, so that it is not found as the command's.
 */
export async function discard(
  desk: Desk,
  model: string,
  record: string,
  field: string,
): Promise<void> {
  try {
    await callOn(desk, model, 'delete', [[id(record)]]);
  } catch {
    await callOn(desk, model, 'write', [[id(record)], { [field]: null }]);
    await callOn(desk, model, 'cancel', [[id(record)]]);
  }
}
