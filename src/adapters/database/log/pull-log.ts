import { randomUUID } from 'node:crypto';
import { kitError } from '#adapter-kit';
import type { DocumentsPage, PullFrom } from '#adapter-kit';
import { entityOf } from '../connection.ts';
import type { Connection, Line } from '../connection.ts';
import { layOut } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { pullDocuments } from '../pull-documents.ts';
import { sql, value } from '../sql.ts';
import { checkIdentities } from './identity.ts';
import { logCursor, logPlaceOf } from './place.ts';
import type { LogPlace } from './place.ts';
import { readTouched, untilVisible } from './read-touched.ts';
import { freeSlot, makeSlot, namesFor, publicationPrint, slotState } from './slot.ts';
import type { Names } from './slot.ts';
import { openLogStream } from './stream.ts';
import { TouchedPage } from './touched-page.ts';
import { leadsOf } from './touched.ts';

/** What our words in the log begin with. */
const MARK = 'rialto';

/** Yields the documents of an entity whose changes the server's log tells. */
export async function* pullLog(
  connection: Connection,
  name: string,
  from: PullFrom,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  stop.throwIfAborted();
  if (from.mode === 'changes') yield* pullChanges(connection, name, from.after, stop);
  else yield* pullSnapshot(connection, name, from, stop);
}

/**
 * The slot is there before the first row is read, so nothing that changes meanwhile is missed. A page
 * may hold what the log tells again: that is read once more as it is then, and looks as it did.
 */
async function* pullSnapshot(
  connection: Connection,
  name: string,
  from: Extract<PullFrom, { mode: 'snapshot' }>,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const place =
    from.after === undefined ? await begin(connection, name, stop) : logPlaceOf(from.after, name);
  const { snapshot, ...rest } = place;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a cursor that was wrapped below.
  const after = snapshot as DocumentsPage['next'] | undefined;
  const inner = pullDocuments(
    connection,
    name,
    after === undefined ? { mode: 'snapshot' } : { mode: 'snapshot', after },
    stop,
  );
  for await (const page of inner) {
    const next = logCursor({ ...rest, snapshot: page.next });
    yield page.last === true ? { ...page, next, changesFrom: logCursor(rest) } : { ...page, next };
  }
}

/** Makes the slot, and writes a word of ours into the log by which it is known again. */
async function begin(connection: Connection, name: string, stop: AbortSignal): Promise<LogPlace> {
  const session = await connection.open(stop);
  try {
    const line = { ...connection, session };
    const layout = await layOut(line, entityOf(connection, name));
    await checkIdentities(line, layout);
    const names = namesFor(connection.slots, name);
    await makeSlot(line, names, layout);
    const publication = await publicationPrint(line, names);
    const mark = randomUUID();
    await writeMark(line, mark);
    return { entity: name, mark, publication };
  } finally {
    await session.end();
  }
}

/**
 * Writes a word into the log, twice: the server says where the first ends, and from there on tells the
 * second; from where that ends it would not. It is flushed with the transaction around it, so that it is streamed at
 * once; and since it is written at each pull, a database in which nothing happens keeps no log back.
 */
async function writeMark({ session }: Line, mark: string): Promise<void> {
  await session.begin('write');
  await session.rows(
    sql`select pg_logical_emit_message(false, ${value(MARK)}, ${value(`${mark} before`)})::text,
      pg_logical_emit_message(false, ${value(MARK)}, ${value(mark)})::text,
      pg_current_xact_id()::text`,
  );
  await session.commit();
}

async function* pullChanges(
  connection: Connection,
  name: string,
  after: DocumentsPage['next'],
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const place = logPlaceOf(after, name);
  const names = namesFor(connection.slots, name);
  const session = await connection.open(stop);
  try {
    const line = { ...connection, session };
    const layout = await layOut(line, entityOf(connection, name));
    await checkIdentities(line, layout);
    await checkSlot(line, names, place);
    await freeSlot(line, names);
    const end = randomUUID();
    await writeMark(line, end);
    yield* readLog({ line, layout, names, place, end }, stop);
  } finally {
    await session.end();
  }
}

/** Fails with `adapter-kit.changes-lost` when the slot cannot tell what has changed since a place. */
async function checkSlot(line: Line, names: Names, place: LogPlace): Promise<void> {
  const state = await slotState(line, names);
  if (state === undefined) throw changesLost(`the slot ${names.slot} is no longer there`);
  if (state.lost !== undefined) throw changesLost(`the slot ${names.slot}: ${state.lost}`);
  if ((await publicationPrint(line, names)) !== place.publication) {
    throw changesLost(`the publication ${names.publication} was dropped or made anew`);
  }
  if (place.at !== undefined && state.confirmed > BigInt(place.at.before)) {
    throw changesLost(`somebody else has read the slot ${names.slot}`);
  }
}

type Reading = {
  readonly line: Line;
  readonly layout: Layout;
  readonly names: Names;
  readonly place: LogPlace;
  readonly end: string; // Our word up to which the log is read now.
};

async function* readLog(reading: Reading, stop: AbortSignal): AsyncGenerator<DocumentsPage> {
  const { line, layout, names, place, end } = reading;
  const stream = await openLogStream(
    await line.signIn(stop),
    {
      ...names,
      from: BigInt(place.at?.before ?? '0'),
      name: `${MARK} pull`,
      whenHeld: async () => await freeSlot(line, names),
    },
    stop,
  );
  try {
    let before = 0n;
    const page = new TouchedPage(leadsOf(layout), place, line.profile.pageRows);
    for await (const item of stream.items) {
      if (page.isFull(item)) {
        await untilVisible(line, page.transactions, stop);
        yield { ...(await readTouched(line, layout, page.touched)), next: logCursor(page.place()) };
        page.turn();
      }
      const lost = page.take(item);
      if (lost !== undefined) throw changesLost(lost);
      const { message } = item;
      if (message.kind !== 'mark' || message.prefix !== MARK) continue;
      if (message.text === `${end} before`) before = message.lsn;
      if (message.text !== end) continue;
      if (!page.hasSeenMark) throw changesLost(OTHER_HISTORY);
      await untilVisible(line, page.transactions, stop);
      const found = await readTouched(line, layout, page.touched);
      const at = { before: before.toString(), after: message.lsn.toString() };
      const { entity, publication } = place;
      const next = { entity, publication, mark: end, at };
      yield { ...found, next: logCursor(next), last: true };
      return;
    }
  } finally {
    await stream.end();
  }
}

const OTHER_HISTORY =
  'the log is not the one that was read before: was the database restored from a backup?';

/** What has changed can no longer be told: sync reads everything again. */
const changesLost = (why: string): Error =>
  kitError('conflict', 'adapter-kit.changes-lost', 'reading what has changed', {
    cause: new Error(why),
    remedy: 'Everything is read again, by itself.',
  });
