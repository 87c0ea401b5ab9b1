import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { entryText } from '#erp/ledger';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { bookDocuments } from './book-documents.ts';
import type { BookedDocument } from './book-documents.ts';
import { findDifferences, namePieces, unnamedProblem } from './count-differences.ts';
import type { InventoryProblemCode } from './errors.ts';
import { listCounts } from './list-counts.ts';
import type { CountLine, StockCount } from './list-counts.ts';
import type { StockStatus } from './movement.ts';

/** What is to be counted: all of a warehouse, or some items or locations of it. */
export type CountDraft = {
  readonly warehouse: string;
  readonly items?: readonly string[] | undefined;
  readonly locations?: readonly string[] | undefined;
};

type State = { readonly id: string; readonly version: number };
type Refused = Result<never, InventoryProblemCode>;

const ZERO = decimal('0');
const isOwed = (quantity: Decimal): boolean => compareDecimals(quantity, ZERO) < 0;

/**
 * Opens a count: what the books say is written down, and nothing moves at those places until the
 * count is posted or cancelled. One place is counted by one count.
 */
export async function openCount(
  tx: Handle,
  context: ErpContext,
  draft: CountDraft,
): Promise<Result<State & { readonly number: string }, InventoryProblemCode>> {
  const [warehouse] = await rows(
    tx,
    sql`select 1 from erp_inventory.warehouse where id = ${draft.warehouse}
      and legal_entity = ${context.legalEntity} and status = 'active'`,
  );
  if (warehouse === undefined) {
    return refuse('inventory.unknown-warehouse', 'there is no such warehouse', 'warehouse');
  }
  const scope = sql`b.warehouse = ${draft.warehouse}
    and ${draft.items === undefined ? sql`true` : sql`b.item = any(${[...draft.items]})`}
    and ${draft.locations === undefined ? sql`true` : sql`b.location = any(${[...draft.locations]})`}`;
  // Whoever moves stock locks positions first: what is written down is what is frozen.
  await rows(
    tx,
    sql`select 1 from erp_inventory.position p where (p.item, p.warehouse) in
        (select b.item, b.warehouse from erp_inventory.balance b where ${scope})
      order by p.item, p.warehouse for update`,
  );
  const [frozen] = await rows(
    tx,
    sql`select 1 from erp_inventory.balance b where ${scope} and b.frozen_by is not null limit 1`,
  );
  if (frozen !== undefined) {
    return refuse('inventory.frozen-for-count', 'some of it is being counted', 'warehouse');
  }
  const now = context.clock();
  const id = newId('cnt', millisecondsOf(now));
  const day = localDate(now.slice(0, 10));
  const [number = ''] = await takeNumbers(tx, context.legalEntity, 'CNT', day, 1);
  await rows(
    tx,
    sql`insert into erp_inventory.stock_count (id, legal_entity, number, warehouse, status,
        frozen_at, created_by, created_at)
      values (${id}, ${context.legalEntity}, ${number}, ${draft.warehouse}, 'open', ${now},
        ${context.by}, ${now})`,
  );
  await rows(
    tx,
    sql`with frozen as (update erp_inventory.balance b set frozen_by = ${id}
        where ${scope} and b.status <> 'in-transit'
        returning item, location, batch, status, owner, quantity)
      insert into erp_inventory.count_line
        (count, line, item, location, batch, status, owner, expected)
      select ${id}, row_number() over (order by location, item, batch, status, owner), item,
        location, batch, status, owner, quantity from frozen`,
  );
  return accept({ id, number, version: 1 });
}

type Figure = {
  readonly counted: Decimal;
  readonly serials?: readonly string[]; // Each piece that was seen, where they have numbers.
};

/** What was counted of a line, that it agrees with the books, or what they did not expect there. */
export type CountedLine = { readonly reason?: string | undefined } & (
  | (Figure & { readonly line: number })
  | { readonly line: number; readonly asBooked: true }
  | (Figure & {
      readonly item: string;
      readonly location?: string | undefined;
      readonly batch?: string | undefined;
      readonly status?: StockStatus | undefined;
    })
);

type Expected = Extract<CountedLine, { readonly line: number }>;
type Extra = Exclude<CountedLine, Expected>;

/** Writes down what was counted; again, as long as the count is not posted. */
export async function recordCount(
  tx: Handle,
  context: ErpContext,
  entry: State & { readonly countedOn: LocalDate; readonly lines: readonly CountedLine[] },
): Promise<Result<State, InventoryProblemCode>> {
  const found = await lockCount(tx, context, entry);
  if (!found.ok) return found;
  const below = entry.lines.findIndex((line) => 'counted' in line && isOwed(line.counted));
  if (below !== -1) {
    const message = 'nobody counts less than nothing';
    return refuse('inventory.invalid', message, `lines.${below}.counted`);
  }
  const known = new Map(found.value.lines.map((line) => [line.line, line]));
  const [expected, extra]: [Expected[], (readonly [Extra, number])[]] = [[], []];
  for (const [at, line] of entry.lines.entries()) {
    if ('line' in line) expected.push(line);
    else extra.push([line, at]);
  }
  const strange = entry.lines.findIndex((line) => 'line' in line && !known.has(line.line));
  if (strange !== -1) {
    const message = 'the count has no such line';
    return refuse('inventory.unknown-count', message, `lines.${strange}.line`);
  }
  const owed = entry.lines.findIndex(
    (line) => 'asBooked' in line && isOwed(known.get(line.line)?.expected ?? ZERO),
  );
  if (owed !== -1) {
    return refuse('inventory.invalid', 'what the books owe is counted', `lines.${owed}`);
  }
  const unnamed = await unnamedProblem(
    tx,
    entry.lines.flatMap((line, at) =>
      'asBooked' in line
        ? []
        : {
            item: 'line' in line ? (known.get(line.line)?.item ?? '') : line.item,
            expected: 'line' in line ? (known.get(line.line)?.expected ?? ZERO) : ZERO,
            counted: line.counted,
            serials: line.serials ?? null,
            field: `lines.${at}.serials`,
          },
    ),
  );
  if (unnamed !== undefined) return unnamed;
  await writeExpected(tx, entry.id, expected);
  const refused = await writeExtra(tx, found.value, extra);
  if (refused !== undefined) return refused;
  await rows(
    tx,
    sql`update erp_inventory.stock_count set version = version + 1, counted_on = ${entry.countedOn},
      status = case when exists (select from erp_inventory.count_line l
        where l.count = ${entry.id} and l.counted is null) then 'open' else 'counted' end
      where id = ${entry.id}`,
  );
  return accept({ id: entry.id, version: entry.version + 1 });
}

/** Books the differences of a whole count, with their entry, and lets stock move again. */
export async function postCount(
  tx: Handle,
  context: ErpContext,
  posting: State & { readonly postedOn: LocalDate },
): Promise<Result<State & { document?: BookedDocument }, InventoryProblemCode>> {
  const found = await lockCount(tx, context, posting);
  if (!found.ok) return found;
  const { id, number, warehouse, status } = found.value;
  if (status !== 'counted') {
    return refuse('inventory.wrong-state', 'not every line has been counted', 'id');
  }
  const differing = await findDifferences(tx, found.value);
  if (!differing.ok) return differing;
  const { differences: different, named } = differing.value;
  const [booked] =
    different.length === 0
      ? []
      : await bookDocuments(tx, context, [
          {
            kind: 'adjustment',
            postedOn: posting.postedOn,
            text: entryText('stock-count', { count: number }),
            count: id,
            lines: different.map((rest) => ({
              stock: {
                kind: 'adjustment' as const,
                warehouse,
                item: rest.item,
                location: rest.location,
                batch: rest.batch === '' ? undefined : rest.batch,
                status: rest.status,
                owner: rest.owner === '' ? undefined : rest.owner,
                quantity: rest.quantity,
                ...(rest.pieces.length === 0 ? {} : { serials: rest.pieces }),
                unnumbered: rest.unnumbered,
                reason: rest.reason ?? undefined,
              },
              item: rest.item,
              against: 'stock-adjustment' as const,
            })),
          },
        ]);
  if (booked?.ok === false) return booked;
  await namePieces(tx, found.value, named);
  await thaw(tx, id);
  await rows(
    tx,
    sql`update erp_inventory.stock_count set status = 'posted', posted_on = ${posting.postedOn},
      journal_entry = ${booked?.value.entry ?? null}, version = version + 1 where id = ${id}`,
  );
  const version = posting.version + 1;
  return accept(booked === undefined ? { id, version } : { id, version, document: booked.value });
}

/** Gives a count up: nothing is booked, and stock moves again. */
export async function cancelCount(
  tx: Handle,
  context: ErpContext,
  state: State,
): Promise<Result<State, InventoryProblemCode>> {
  const found = await lockCount(tx, context, state);
  if (!found.ok) return found;
  await thaw(tx, state.id);
  await rows(
    tx,
    sql`update erp_inventory.stock_count set status = 'cancelled', version = version + 1
      where id = ${state.id}`,
  );
  return accept({ id: state.id, version: state.version + 1 });
}

/** The count, when it may still be worked on. */
async function lockCount(
  tx: Handle,
  context: ErpContext,
  state: State,
): Promise<Result<StockCount & { readonly lines: readonly CountLine[] }, InventoryProblemCode>> {
  await rows(tx, sql`select 1 from erp_inventory.stock_count where id = ${state.id} for update`);
  const [count] = await listCounts(tx, { ids: [state.id], limit: 1 });
  if (count === undefined || count.legalEntity !== context.legalEntity) {
    return refuse('inventory.unknown-count', 'there is no such count', 'id');
  }
  if (count.version !== state.version) {
    return refuse('inventory.version-conflict', `it is at version ${count.version}`, 'version');
  }
  if (count.status === 'posted' || count.status === 'cancelled') {
    return refuse('inventory.wrong-state', `the count is ${count.status}`, 'id');
  }
  return accept(count);
}

const thaw = (tx: Handle, count: string): Promise<unknown> =>
  rows(tx, sql`update erp_inventory.balance set frozen_by = null where frozen_by = ${count}`);

async function writeExpected(tx: Handle, count: string, lines: readonly Expected[]): Promise<void> {
  if (lines.length === 0) return;
  const columns = {
    line: 'integer',
    counted: 'numeric',
    as_booked: 'boolean',
    serials: 'jsonb',
    reason: 'text',
  } as const;
  const values = lines.map((entry) => ({
    line: entry.line,
    reason: entry.reason,
    ...('asBooked' in entry
      ? { counted: null, as_booked: true, serials: null }
      : { counted: entry.counted, as_booked: false, serials: asJson(entry.serials) }),
  }));
  await rows(
    tx,
    sql`update erp_inventory.count_line l set serials = d.serials, reason = d.reason,
        as_booked = d.as_booked,
        counted = case when d.as_booked then l.expected else d.counted end
      from ${unnested('d', columns, values)} where l.count = ${count} and l.line = d.line`,
  );
}

const asJson = (serials: readonly string[] | undefined): string | null =>
  serials === undefined ? null : JSON.stringify(serials);

/** What lies where the books knew of nothing: a line that expects nothing. */
async function writeExtra(
  tx: Handle,
  count: StockCount & { readonly lines: readonly CountLine[] },
  extra: readonly (readonly [Extra, number])[], // And where it stands in what was sent.
): Promise<Refused | undefined> {
  const keys = new Set(count.lines.map(lineKey));
  const values = extra.map(([entry], at) => {
    const { item, location = '', batch = '', status = 'free', counted, serials, reason } = entry;
    const line = count.lines.length + at + 1;
    const place = { item, location, batch, status, owner: '' };
    const seen = asJson(serials);
    return { count: count.id, line, ...place, expected: '0', counted, serials: seen, reason };
  });
  for (const [at, value] of values.entries()) {
    if (keys.has(lineKey(value)) || value.status === 'consignment') {
      const message = 'the count has a line for that already';
      return refuse('inventory.invalid', message, `lines.${extra[at]?.[1] ?? 0}`);
    }
    keys.add(lineKey(value));
  }
  await insertRows(
    tx,
    'erp_inventory.count_line',
    {
      count: 'text',
      line: 'integer',
      item: 'text',
      location: 'text',
      batch: 'text',
      status: 'text',
      owner: 'text',
      expected: 'numeric',
      counted: 'numeric',
      serials: 'jsonb',
      reason: 'text',
    },
    values,
  );
  return undefined;
}

const lineKey = (line: {
  readonly item: string;
  readonly location: string;
  readonly batch: string;
  readonly status: string;
  readonly owner: string;
}): string => [line.item, line.location, line.batch, line.status, line.owner].join('\u0000');
