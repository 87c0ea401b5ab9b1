import type { Cursor, DocumentsPage, PullFrom } from '#adapter-kit';
import { assert } from '#kernel';
import type { Json } from '#kernel';
import { instantOf, millisecondsOf, parseInstant } from '#kernel/time';
import { cursorOf, reachedOf } from './cursor.ts';
import type { Place, StreamPlace } from './cursor.ts';
import type { Entity, Stream } from './entities.ts';
import { readDocuments } from './read-documents.ts';
import { asObject, asObjects } from './rpc.ts';
import type { Rpc } from './rpc.ts';
import { momentValue, textOf } from './wire.ts';
import type { Sent } from './wire.ts';

/**
 * How far each reading of changes steps back. Tryton stamps a row with the moment its transaction
 * began, so what commits late carries an early stamp; a repeat is harmless.
 */
const OVERLAP_MS = 5 * 60_000;
const BEGINNING = '1970-01-01T00:00:00.000000';
const CHANGES_PER_CALL_MAX = 300; // Of each of at most six streams: under 2,000 documents a page.

export type PullContext = {
  readonly rpc: Rpc;
  readonly entity: Entity;
  readonly documentsPerPage: number;
  readonly stop: AbortSignal;
};

/** Reads one entity's documents: all of them by id, or what has changed since a place. */
export async function* pullDocuments(
  context: PullContext,
  from: PullFrom,
): AsyncGenerator<DocumentsPage> {
  context.stop.throwIfAborted();
  if (from.mode === 'snapshot') yield* snapshot(context, from.after);
  else yield* changes(context, from.after);
}

async function* snapshot(
  context: PullContext,
  cursor: Cursor | undefined,
): AsyncGenerator<DocumentsPage> {
  const { rpc, entity, documentsPerPage, stop } = context;
  const reached = cursor === undefined ? undefined : reachedOf(cursor);
  assert(reached?.mode !== 'changes', 'a snapshot goes on from a place in a snapshot');
  let after = reached?.after ?? '0';
  const begun = reached?.changes ?? (await beginning(context));
  const where: Sent = [...(entity.where ?? [])];
  const counted = textOf(await rpc.read(entity.model, 'search_count', [where], stop));
  for (;;) {
    const domain: Sent = [...(entity.where ?? []), ['id', '>', Number(after)]];
    const params = [domain, 0, documentsPerPage, [['id', 'ASC']]];
    const answer = await rpc.read(entity.model, 'search', params, stop);
    const ids = Array.isArray(answer) ? answer.map((key: Json) => textOf(key)) : [];
    const documents = await readDocuments(rpc, entity, ids, stop);
    const last = ids.length < documentsPerPage;
    after = ids.at(-1) ?? after;
    yield {
      documents,
      problems: [],
      next: cursorOf({ mode: 'snapshot', after, changes: begun }),
      expected: Number(counted),
      ...(last ? lastOf(entity, begun) : {}),
    };
    if (last) return;
  }
}

function lastOf(entity: Entity, begun: readonly StreamPlace[]): Partial<DocumentsPage> {
  if (entity.streams.length === 0) return { last: true };
  const changesFrom = cursorOf({ mode: 'changes', streams: [...begun], done: true });
  return { last: true, changesFrom };
}

/** The newest stamp in any stream now: what is stamped later was not there yet. */
async function beginning({ rpc, entity, stop }: PullContext): Promise<StreamPlace[]> {
  const newest = await Promise.all(
    entity.streams.flatMap(({ model, where = [] }) =>
      ['write_date', 'create_date'].map(async (field) => {
        const domain: Sent = [...where, [field, '!=', null]];
        const params = [domain, 0, 1, [[field, 'DESC']], [field]];
        const [row] = asObjects(await rpc.read(model, 'search_read', params, stop));
        return textOf(asObject(row ?? null)[field]) || BEGINNING;
      }),
    ),
  );
  const at = newest.reduce((latest, stamp) => (stamp > latest ? stamp : latest), BEGINNING);
  const place: Place = { at, id: '0' };
  return entity.streams.map(() => ({ written: place, created: place }));
}

async function* changes(context: PullContext, cursor: Cursor): AsyncGenerator<DocumentsPage> {
  const { rpc, entity, documentsPerPage, stop } = context;
  const most = Math.min(documentsPerPage, CHANGES_PER_CALL_MAX);
  const reached = reachedOf(cursor);
  assert(reached.mode === 'changes', 'changes go on from a place in changes');
  assert(reached.streams.length === entity.streams.length, 'a place knows every stream');
  let places = reached.done ? reached.streams.map(steppedBack) : reached.streams;
  for (;;) {
    const read = await Promise.all(
      entity.streams.map((stream, at) =>
        readStream({ rpc, stream, most, stop }, places[at] ?? START),
      ),
    );
    const ids = [...new Set(read.flatMap(({ documents }) => documents))];
    const last = read.every(({ last: end }) => end);
    places = read.map(({ place }) => place);
    yield {
      documents: await readDocuments(rpc, entity, ids, stop),
      problems: [],
      next: cursorOf({ mode: 'changes', streams: [...places], done: last }),
      ...(last ? { last: true } : {}),
    };
    if (last) return;
  }
}

const START: StreamPlace = {
  written: { at: BEGINNING, id: '0' },
  created: { at: BEGINNING, id: '0' },
};

function steppedBack({ written, created }: StreamPlace): StreamPlace {
  return { written: earlier(written), created: earlier(created) };
}

function earlier({ at }: Place): Place {
  const instant = parseInstant(`${at}Z`);
  assert(instant !== undefined, 'a place holds a moment');
  const back = instantOf(Math.max(0, millisecondsOf(instant) - OVERLAP_MS));
  return { at: back.replace('Z', '000'), id: '0' };
}

type StreamRead = {
  readonly documents: readonly string[];
  readonly place: StreamPlace;
  readonly last: boolean;
};

type StreamContext = {
  readonly rpc: Rpc;
  readonly stream: Stream;
  readonly most: number;
  readonly stop: AbortSignal;
};

async function readStream(context: StreamContext, place: StreamPlace): Promise<StreamRead> {
  const [written, created] = await Promise.all([
    readRows(context, 'write_date', place.written),
    readRows(context, 'create_date', place.created),
  ]);
  return {
    documents: [...written.documents, ...created.documents],
    place: { written: written.place, created: created.place },
    last: written.last && created.last,
  };
}

async function readRows(
  { rpc, stream, most, stop }: StreamContext,
  field: 'write_date' | 'create_date',
  place: Place,
) {
  const { model, to, where = [] } = stream;
  const at = momentValue(place.at);
  const later: Sent = [
    'OR',
    [[field, '>', at]],
    [
      [field, '=', at],
      ['id', '>', Number(place.id)],
    ],
  ];
  const never = field === 'create_date' ? [['write_date', '=', null]] : [];
  const order = [
    [field, 'ASC'],
    ['id', 'ASC'],
  ];
  const domain: Sent = [...where, ...never, later];
  const params = [domain, 0, most, order, [field, to]];
  const rows = asObjects(await rpc.read(model, 'search_read', params, stop));
  const end = rows.at(-1);
  return {
    documents: rows.flatMap((row) => documentsOf(row[to])),
    place: end === undefined ? place : { at: textOf(end[field]), id: textOf(end['id']) },
    last: rows.length < most,
  };
}

/** The documents a row belongs to: an id, 'model,id', or a list of ids. */
function documentsOf(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.map((part: Json) => textOf(part));
  const key = textOf(value).replace(/^.*,/, '');
  return key === '' ? [] : [key];
}
