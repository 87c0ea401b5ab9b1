import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { bookDocuments } from './book-documents.ts';
import type { BookedDocument } from './book-documents.ts';
import type { InventoryProblemCode } from './errors.ts';
import { partKey } from './movement.ts';

/** Stock that leaves for another warehouse, and is on its way until it is received there. */
export type ShipmentDraft = {
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly {
    readonly item: string;
    readonly location?: string | undefined; // Where it is taken from.
    readonly batch?: string | undefined;
    readonly quantity: Decimal;
    readonly serials?: readonly string[];
  }[];
};

/** A line under way: what was shipped and what has arrived of it. */
export type ShipmentLine = {
  readonly document: string;
  readonly line: string;
  readonly item: string;
  readonly from: string;
  readonly to: string;
  readonly batch: string;
  readonly quantity: Decimal;
  readonly received: Decimal;
};

/** Ships stock: it is the other warehouse's from here on, in transit. */
export async function shipStock(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ShipmentDraft[],
): Promise<readonly Result<BookedDocument, InventoryProblemCode>[]> {
  const results = await bookDocuments(
    tx,
    context,
    drafts.map(({ from, to, lines, ...rest }) => ({
      ...rest,
      kind: 'transfer',
      lines: lines.map(({ item, location = '', batch = '', quantity, serials }) => {
        const key = { item, batch, owner: '' };
        return {
          stock: {
            kind: 'transfer' as const,
            from: { ...key, warehouse: from, location, status: 'free' as const },
            to: { ...key, warehouse: to, location: '', status: 'in-transit' as const },
            quantity,
            serials,
          },
          item,
          against: 'stock-adjustment' as const,
        };
      }),
    })),
  );
  await insertRows(
    tx,
    'erp_inventory.shipment_line',
    {
      document: 'text',
      line: 'text',
      item: 'text',
      from_warehouse: 'text',
      to_warehouse: 'text',
      batch: 'text',
      quantity: 'numeric',
    },
    results.flatMap((result, at) => {
      const draft = drafts[at];
      if (!result.ok || draft === undefined) return [];
      return draft.lines.map(({ item, batch = '', quantity }, line) => ({
        document: result.value.id,
        line: String(line + 1),
        item,
        from_warehouse: draft.from,
        to_warehouse: draft.to,
        batch,
        quantity,
      }));
    }),
  );
  return results;
}

/** What arrived of a shipment. Less than was shipped stays in transit until it is scrapped or comes. */
export type ArrivalDraft = {
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly lines: readonly {
    readonly document: string;
    readonly line: string;
    readonly quantity: Decimal;
    readonly location?: string | undefined; // Where it is put.
    readonly status?: 'free' | 'quality' | 'blocked' | undefined;
    readonly serials?: readonly string[];
  }[];
};

/** Receives what was shipped, never more than that. */
export async function receiveShipments(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ArrivalDraft[],
): Promise<readonly Result<BookedDocument, InventoryProblemCode>[]> {
  const open = await lockLines(
    tx,
    drafts.flatMap(({ lines }) => lines.map(({ document }) => document)),
  );
  const came = await shippedPieces(tx, open, drafts);
  const checked = drafts.map((draft) => checkArrival(open, draft, came));
  const fine = checked.flatMap((each) => (each.ok ? [each.value] : []));
  const booked = await bookDocuments(
    tx,
    context,
    fine.map(({ draft, lines }) => ({
      kind: 'transfer',
      postedOn: draft.postedOn,
      text: draft.text,
      lines: draft.lines.map(({ quantity, location = '', status = 'free', serials }, at) => {
        const { item = '', batch = '', to = '' } = lines[at] ?? {};
        const key = { item, batch, warehouse: to, owner: '' };
        return {
          stock: {
            kind: 'transfer' as const,
            from: { ...key, location: '', status: 'in-transit' as const },
            to: { ...key, location, status },
            quantity,
            serials,
          },
          item,
          against: 'stock-adjustment' as const,
        };
      }),
    })),
  );
  await noteReceived(
    tx,
    fine.flatMap(({ draft }, at) => (booked[at]?.ok === true ? draft.lines : [])),
  );
  const results = booked.values();
  return checked.map((each) => {
    if (!each.ok) return each;
    const next = results.next().value;
    return next ?? refuse('inventory.invalid', 'nothing was booked');
  });
}

/** Shipment lines of these documents, or those that are still under way. */
export const listShipmentLines = (
  handle: Handle,
  filter: { readonly documents?: readonly string[]; readonly to?: string },
): Promise<readonly ShipmentLine[]> =>
  rows<ShipmentLine>(
    handle,
    sql`select document, line, item, from_warehouse as "from", to_warehouse as "to", batch, quantity,
        received
      from erp_inventory.shipment_line
      where ${filter.documents === undefined ? sql`received < quantity` : sql`document = any(${[...filter.documents]})`}
        and ${filter.to === undefined ? sql`true` : sql`to_warehouse = ${filter.to}`}
      order by document, line`,
  );

async function lockLines(
  tx: Handle,
  documents: readonly string[],
): Promise<Map<string, ShipmentLine>> {
  const unique = [...new Set(documents)];
  await rows(
    tx,
    sql`select 1 from erp_inventory.shipment_line where document = any(${unique})
      order by document, line for update`,
  );
  const found = await listShipmentLines(tx, { documents: unique });
  return new Map(found.map((line) => [`${line.document} ${line.line}`, line]));
}

/** With which shipment line each piece that is to arrive went on its way. Mostly nobody names any. */
async function shippedPieces(
  tx: Handle,
  open: ReadonlyMap<string, ShipmentLine>,
  drafts: readonly ArrivalDraft[],
): Promise<ReadonlyMap<string, string>> {
  const named = drafts.flatMap(({ lines }) =>
    lines.flatMap(({ document, line, serials = [] }) => {
      const item = open.get(`${document} ${line}`)?.item ?? '';
      return serials.map((serial) => ({ item, serial }));
    }),
  );
  if (named.length === 0) return new Map();
  const found = await rows<{ item: string; serial: string; line: string }>(
    tx,
    sql`select p.item, p.serial, m.source_id || ' ' || m.source_line as line
      from erp_inventory.piece p join erp_inventory.movement m on m.id = p.movement
      where p.is_in_stock and (p.item, p.serial) in (select k.item, k.serial
        from ${unnested('k', { item: 'text', serial: 'text' }, named)})`,
  );
  return new Map(found.map(({ item, serial, line }) => [partKey(item, serial), line]));
}

function checkArrival(
  open: Map<string, ShipmentLine>,
  draft: ArrivalDraft,
  came: ReadonlyMap<string, string>,
): Result<
  { readonly draft: ArrivalDraft; readonly lines: readonly ShipmentLine[] },
  InventoryProblemCode
> {
  const lines: ShipmentLine[] = [];
  const after = new Map(open);
  for (const { document, line, quantity, serials = [] } of draft.lines) {
    const key = `${document} ${line}`;
    const shipped = after.get(key);
    if (shipped === undefined) {
      return refuse('inventory.unknown-shipment', 'there is no such shipment line', 'line');
    }
    const left = subtractDecimals(shipped.quantity, shipped.received);
    if (compareDecimals(left, quantity) < 0) {
      return refuse('inventory.not-enough-stock', `${left} are on their way`, 'quantity');
    }
    const strange = serials.find((serial) => came.get(partKey(shipped.item, serial)) !== key);
    if (strange !== undefined) {
      const message = `${strange} did not go on its way with line ${line} of this shipment`;
      return refuse('inventory.serial-not-there', message, 'serials');
    }
    const rest = subtractDecimals(left, quantity);
    after.set(key, { ...shipped, received: subtractDecimals(shipped.quantity, rest) });
    lines.push(shipped);
  }
  for (const [key, line] of after) open.set(key, line);
  return accept({ draft, lines });
}

async function noteReceived(tx: Handle, lines: ArrivalDraft['lines']): Promise<void> {
  if (lines.length === 0) return;
  const columns = { document: 'text', line: 'text', quantity: 'numeric' } as const;
  await rows(
    tx,
    sql`update erp_inventory.shipment_line l set received = l.received + d.quantity
      from (select document, line, sum(quantity) as quantity
        from ${unnested('a', columns, lines)} group by document, line) d
      where l.document = d.document and l.line = d.line`,
  );
}
