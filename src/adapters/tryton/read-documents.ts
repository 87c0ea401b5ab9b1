import type { SourceDocument } from '#adapter-kit';
import type { Json, JsonObject } from '#kernel';
import { addDecimals, parseDecimal } from '#kernel/decimal';
import { parseInstant } from '#kernel/time';
import type { Entity, Part } from './entities.ts';
import { toldIn } from './reference.ts';
import { asObject, asObjects } from './rpc.ts';
import type { Rpc } from './rpc.ts';
import { id, textOf } from './wire.ts';
import type { Sent } from './wire.ts';

const ALWAYS = ['create_date', 'write_date', '_timestamp'];
const PARTS_PER_CALL = 2_000;

/** Reads whole documents by id, in the order of their ids. Ids that are gone are left out. */
export async function readDocuments(
  rpc: Rpc,
  entity: Entity,
  ids: readonly string[],
  stop: AbortSignal,
): Promise<readonly SourceDocument[]> {
  if (ids.length === 0) return [];
  const domain: Sent = [...(entity.where ?? []), ['id', 'in', ids.map(id)]];
  const fields = [...entity.fields, ...ALWAYS];
  const order = [['id', 'ASC']];
  const params = [domain, 0, null, order, fields];
  const headers = asObjects(await rpc.read(entity.model, 'search_read', params, stop));
  const parts = await Promise.all(
    (entity.parts ?? []).map(async (part) => ({
      as: part.as,
      of: await partsOf(rpc, part, { model: entity.model, ids }, stop),
    })),
  );
  const shared = entity.inCompanyCurrency
    ? { company: { currency: await rpc.currency(stop) } }
    : {};
  return headers.map((header) => {
    const key = textOf(header['id']);
    const own = Object.fromEntries(parts.map(({ as, of }) => [as, of.get(key) ?? []]));
    return documentOf(key, { ...withReferences(header), ...toldOf(header), ...own, ...shared });
  });
}

const TEXTS = ['reference', 'description'];

/** Texts in which a reference of ours may stand, without it: `told.reference`. */
function toldOf(header: JsonObject): JsonObject {
  const told = TEXTS.flatMap((name) => {
    const text = toldIn(textOf(header[name]));
    return text === '' ? [] : [[name, text] as const];
  });
  return told.length === 0 ? {} : { told: Object.fromEntries(told) };
}

/** Moments and version in their places; everything else as Tryton states it. */
function documentOf(key: string, row: JsonObject): SourceDocument {
  const { _timestamp: version, ...content } = row;
  const touched = textOf(row['write_date']) || textOf(row['create_date']);
  const changedAt = parseInstant(`${touched}Z`);
  return {
    key,
    content,
    ...(textOf(version) === '' ? {} : { version: textOf(version) }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

async function partsOf(
  rpc: Rpc,
  part: Part,
  { model, ids }: { readonly model: string; readonly ids: readonly string[] },
  stop: AbortSignal,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const owners: Sent = part.reference ? ids.map((key) => `${model},${key}`) : ids.map(id);
  const domain: Sent = [...(part.where ?? []), [part.parent, 'in', owners]];
  const found: JsonObject[] = [];
  for (let offset = 0; ; offset += PARTS_PER_CALL) {
    const order = [['id', 'ASC']];
    const params = [domain, offset, PARTS_PER_CALL, order, [...part.fields, part.parent]];
    const rows = asObjects(await rpc.read(part.model, 'search_read', params, stop));
    found.push(...rows);
    if (rows.length < PARTS_PER_CALL) break;
  }
  const named = found.map(withReferences);
  const complete = await withReceived(rpc, part, await withOrders(rpc, named, stop), stop);
  return Map.groupBy(complete, (row) => ownerOf(row[part.parent]));
}

/** What a field that names a document holds: an id, or 'model,id' taken apart. */
const ownerOf = (value: Json | undefined): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value
    ? textOf(value['id'])
    : textOf(value);

const REFERENCE = /^([a-z_]+(?:\.[a-z_]+)*),(\d+)$/;
const REFERENCES = ['origin', 'shipment'];

/** 'purchase.line,7' becomes a model and an id, which a mapping can look into. */
function withReferences(row: JsonObject): JsonObject {
  const apart = REFERENCES.flatMap((name) => {
    const match = REFERENCE.exec(textOf(row[name]));
    return match === null ? [] : [[name, { model: match[1] ?? '', id: match[2] ?? '' }] as const];
  });
  return apart.length === 0 ? row : { ...row, ...Object.fromEntries(apart) };
}

/** Says of what comes from a line of a purchase which purchase that is: `origin.purchase`. */
async function withOrders(
  rpc: Rpc,
  rows: readonly JsonObject[],
  stop: AbortSignal,
): Promise<readonly JsonObject[]> {
  const lines = rows.flatMap((row) => lineOf(row) ?? []);
  if (lines.length === 0) return rows;
  const params = [[['id', 'in', [...new Set(lines)].map(id)]], 0, null, null, ['purchase']];
  const found = asObjects(await rpc.read('purchase.line', 'search_read', params, stop));
  const purchaseOf = new Map(found.map((line) => [textOf(line['id']), textOf(line['purchase'])]));
  return rows.map((row) => {
    const line = lineOf(row);
    const purchase = line === undefined ? undefined : purchaseOf.get(line);
    if (line === undefined || purchase === undefined) return row;
    return { ...row, origin: { model: 'purchase.line', id: line, purchase } };
  });
}

function lineOf(row: JsonObject): string | undefined {
  const { model, id: key } = asObject(row['origin'] ?? null);
  return model === 'purchase.line' ? textOf(key) : undefined;
}

/**
 * Says of a line of a purchase how much has come: `received`, the sum of its moves that are done,
 * in the line's own unit. Tryton computes the like for its screens but does not keep it.
 */
async function withReceived(
  rpc: Rpc,
  part: Part,
  lines: readonly JsonObject[],
  stop: AbortSignal,
): Promise<readonly JsonObject[]> {
  if (part.model !== 'purchase.line') return lines;
  const keys = lines.flatMap(({ moves }) => (Array.isArray(moves) ? moves : []));
  const domain = [
    ['id', 'in', keys.map((key: Json) => id(textOf(key)))],
    ['state', '=', 'done'],
    ['to_location.type', '=', 'storage'],
  ];
  const params = [domain, 0, null, null, ['origin', 'quantity', 'uom.symbol']];
  const found =
    keys.length === 0 ? [] : asObjects(await rpc.read('stock.move', 'search_read', params, stop));
  const received = Map.groupBy(found, ({ origin }) => textOf(origin));
  return lines.map((row) => {
    const line = withoutMoves(row);
    const done = received.get(`purchase.line,${textOf(line['id'])}`) ?? [];
    const sameUnit = done.every((move) => symbolOf(move['uom']) === symbolOf(line['unit']));
    const sum = done.reduce((total, { quantity }) => plus(total, quantity), ZERO);
    return sameUnit ? { ...line, received: sum } : line;
  });
}

const ZERO = '0';

function plus(total: string, value: Json | undefined): string {
  const [left, right] = [parseDecimal(total), parseDecimal(textOf(value))];
  return left === undefined || right === undefined ? total : addDecimals(left, right);
}

const withoutMoves = (row: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'moves'));

const symbolOf = (unit: Json | undefined): string =>
  typeof unit === 'object' && unit !== null && 'symbol' in unit ? textOf(unit['symbol']) : '';
