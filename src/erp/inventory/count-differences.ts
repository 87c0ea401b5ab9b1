import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { itemFacts } from '#erp/items';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { InventoryProblemCode } from './errors.ts';
import type { CountLine, StockCount } from './list-counts.ts';
import { keyText, partKey } from './movement.ts';
import type { StockKey } from './movement.ts';
import { placeName } from './piece.ts';
import { lockPieces, readPieces } from './read-pieces.ts';
import type { PieceName } from './read-pieces.ts';

/** What a count line books: more or less than the books say, and of which pieces. */
export type Difference = CountLine & {
  readonly quantity: Decimal;
  readonly pieces: readonly string[];
  readonly unnumbered?: boolean; // Gone, and nobody knew their numbers.
};

/** What a count found: differences to book, and numbers of pieces that the books had without them. */
export type Found = {
  readonly differences: readonly Difference[];
  readonly named: readonly (PieceName & { readonly line: CountLine })[];
};

type CountOf = StockCount & { readonly lines: readonly CountLine[] };

const ZERO = decimal('0');
const count = (pieces: number): Decimal => decimal(String(pieces));

/** The counted lines whose pieces were not named as they must be: the first, and why. */
export async function unnamedProblem(
  tx: Handle,
  lines: readonly (Pick<CountLine, 'item' | 'expected' | 'serials'> & {
    readonly counted: Decimal;
    readonly field: string; // Where its numbers stand in what was sent.
  })[],
): Promise<Refusal<InventoryProblemCode> | undefined> {
  const items = await itemFacts(
    tx,
    lines.map(({ item }) => item),
  );
  for (const { item, expected, counted, serials, field } of lines) {
    const facts = items.get(item);
    if (facts === undefined) {
      return refuse('inventory.unknown-item', 'there is no such item', 'item');
    }
    const asBooked =
      compareDecimals(counted, expected) === 0 || compareDecimals(counted, ZERO) === 0;
    if (serials === null && (!facts.serialManaged || asBooked)) continue;
    const isWhole =
      serials !== null &&
      new Set(serials).size === serials.length &&
      compareDecimals(counted, count(serials.length)) === 0;
    if (facts.serialManaged && isWhole) continue;
    const message = facts.serialManaged
      ? `${facts.number}: the serial number of each of ${counted} pieces`
      : `${facts.number} has no serial numbers`;
    return refuse('inventory.serials-missing', message, field);
  }
  return undefined;
}

/** What differs, the missing before the found; of items with serial numbers piece by piece. */
export async function findDifferences(
  tx: Handle,
  of: CountOf,
): Promise<Result<Found, InventoryProblemCode>> {
  const named: Found['named'][number][] = [];
  const differences: Difference[] = [];
  const [byPiece, plain] = await splitLines(tx, of.lines);
  for (const line of plain) {
    const quantity = subtractDecimals(line.counted ?? line.expected, line.expected);
    if (compareDecimals(quantity, ZERO) !== 0) differences.push({ ...line, quantity, pieces: [] });
  }
  if (byPiece.length > 0) {
    await lockPieces(
      tx,
      byPiece.map(({ item }) => ({ item, serial: '' })),
    );
    const lying = await piecesAt(tx, of, byPiece);
    for (const line of byPiece) {
      const parts = partsOf(line, lying.get(keyText(keyOfLine(of, line))) ?? []);
      named.push(...parts.named.map((serial) => ({ item: line.item, serial, line })));
      differences.push(...parts.differences);
    }
    const taken = await takenElsewhere(tx, named, differences, of.lines);
    if (taken !== undefined) return taken;
  }
  const order = (one: Difference): number => (compareDecimals(one.quantity, ZERO) < 0 ? 0 : 1);
  return accept({ differences: differences.toSorted((a, b) => order(a) - order(b)), named });
}

/** Writes down the numbers of pieces that were there without them. */
export async function namePieces(tx: Handle, of: CountOf, named: Found['named']): Promise<void> {
  if (named.length === 0) return;
  const values = named.map(({ line, serial }) => ({ ...keyOfLine(of, line), serial }));
  const columns = {
    item: 'text',
    serial: 'text',
    warehouse: 'text',
    location: 'text',
    batch: 'text',
    status: 'text',
    owner: 'text',
  } as const;
  await rows(
    tx,
    sql`update erp_inventory.piece p set is_in_stock = true, warehouse = d.warehouse,
        location = d.location, batch = d.batch, status = d.status, owner = d.owner, movement = null
      from ${unnested('d', columns, values)} where p.item = d.item and p.serial = d.serial`,
  );
  const there = await rows<PieceName>(
    tx,
    sql`select p.item, p.serial from erp_inventory.piece p
      where (p.item, p.serial) in (select d.item, d.serial from ${unnested('d', columns, values)})`,
  );
  const known = new Set(there.map(({ item, serial }) => partKey(item, serial)));
  const begun = values.filter(({ item, serial }) => !known.has(partKey(item, serial)));
  await insertRows(
    tx,
    'erp_inventory.piece',
    { ...columns, is_in_stock: 'boolean' },
    begun.map((value) => ({ ...value, is_in_stock: true })),
  );
}

const keyOfLine = (of: CountOf, line: CountLine): StockKey => ({
  item: line.item,
  warehouse: of.warehouse,
  location: line.location,
  batch: line.batch,
  status: line.status,
  owner: line.owner,
});

/** Lines that are counted by the piece, and the others. */
async function splitLines(
  tx: Handle,
  lines: readonly CountLine[],
): Promise<readonly [readonly CountLine[], readonly CountLine[]]> {
  const items = await itemFacts(
    tx,
    lines.map(({ item }) => item),
  );
  const [byPiece, plain]: [CountLine[], CountLine[]] = [[], []];
  for (const line of lines) {
    const isSame = compareDecimals(line.counted ?? line.expected, line.expected) === 0;
    const isByPiece = items.get(line.item)?.serialManaged === true;
    if (isByPiece && !(isSame && line.serials === null)) byPiece.push(line);
    else plain.push(line);
  }
  return [byPiece, plain];
}

/** What of a line is gone, found, and only now known by its number. */
function partsOf(
  line: CountLine,
  known: readonly string[],
): { readonly differences: readonly Difference[]; readonly named: readonly string[] } {
  const seen = new Set(line.serials ?? []);
  const there = new Set(known);
  const missing = known.filter((serial) => !seen.has(serial));
  const fresh = [...seen].filter((serial) => !there.has(serial));
  const unknown = Math.max(Number(line.expected) - known.length, 0);
  const named = fresh.slice(0, unknown);
  const found = fresh.slice(unknown);
  const gone = unknown - named.length;
  const part = (pieces: readonly string[], quantity: number): Difference[] =>
    quantity === 0 ? [] : [{ ...line, quantity: count(quantity), pieces }];
  return {
    named,
    differences: [
      ...part(missing, -missing.length),
      ...part([], -gone).map((one) => ({ ...one, unnumbered: true })),
      ...part(found, found.length),
    ],
  };
}

/** Which pieces the books know at the places of these lines. */
async function piecesAt(
  tx: Handle,
  of: CountOf,
  lines: readonly CountLine[],
): Promise<Map<string, string[]>> {
  const found = await rows<StockKey & { readonly serial: string }>(
    tx,
    sql`select item, warehouse, location, batch, status, owner, serial from erp_inventory.piece
      where is_in_stock and warehouse = ${of.warehouse}
        and item = any(${[...new Set(lines.map(({ item }) => item))]}) order by serial`,
  );
  const places = new Map<string, string[]>();
  for (const piece of found) {
    const key = keyText(piece);
    places.set(key, [...(places.get(key) ?? []), piece.serial]);
  }
  return places;
}

const keysOf = (pieces: readonly PieceName[]): string[] =>
  pieces.map(({ item, serial }) => partKey(item, serial));

type Seen = PieceName & { readonly at: number }; // On which line of the count.

/** A piece that was seen here and lies elsewhere in the books, unless this count misses it there. */
async function takenElsewhere(
  tx: Handle,
  named: Found['named'],
  differences: readonly Difference[],
  lines: readonly CountLine[],
): Promise<Refusal<InventoryProblemCode> | undefined> {
  const isMore = (one: Difference): boolean => compareDecimals(one.quantity, ZERO) > 0;
  const each = (one: Difference): Seen[] =>
    one.pieces.map((serial) => ({ item: one.item, serial, at: one.line }));
  const comes = [
    ...named.map(({ item, serial, line }) => ({ item, serial, at: line.line })),
    ...differences.filter(isMore).flatMap(each),
  ];
  const leaves = new Set(keysOf(differences.filter((one) => !isMore(one)).flatMap(each)));
  // A count has its lines by their numbers: what is refused is said of the line as it stands there.
  const fieldOf = (at: number) => `lines.${lines.findIndex(({ line }) => line === at)}.serials`;
  const lying = await readPieces(tx, comes);
  const before = new Set<string>();
  for (const { item, serial, at } of comes) {
    const key = partKey(item, serial);
    if (before.has(key)) {
      const message = `${serial} was seen at two places`;
      return refuse('inventory.serial-taken', message, fieldOf(at));
    }
    before.add(key);
    const place = lying.get(key);
    if (place !== undefined && !leaves.has(key)) {
      const message = `${serial} is in stock already: ${placeName(place)}`;
      return refuse('inventory.serial-taken', message, fieldOf(at));
    }
  }
  return undefined;
}
