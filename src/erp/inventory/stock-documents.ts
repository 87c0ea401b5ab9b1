import { rows, send, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import type { PostingKey } from '#erp/ledger';
import { addDecimals, multiplyDecimals, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { bookDocuments } from './book-documents.ts';
import type { BookedDocument, DocumentDraft, DocumentKind } from './book-documents.ts';
import type { InventoryProblemCode } from './errors.ts';
import type { StockKey, StockStatus } from './movement.ts';
import { writeWithdrawn } from './withdrawn.ts';

/** Where stock of an item lies. */
export type StockPlace = {
  readonly item: string;
  readonly warehouse: string;
  readonly location?: string | undefined;
  readonly batch?: string | undefined;
  readonly status?: StockStatus | undefined; // Free when left out.
  readonly owner?: string | undefined;
};

/** What every document of inventory's own says. */
type Document<Line> = {
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly lines: readonly Line[];
};
type Booking<Line> = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly Document<Line>[],
) => Promise<readonly Result<BookedDocument, InventoryProblemCode>[]>;
type Extra = { readonly reason?: string | undefined; readonly serials?: readonly string[] };

/** More or less than the books say, with its reason; value goes against 'stock-adjustment'. */
export type AdjustmentLine = StockPlace &
  Extra & {
    readonly quantity: Decimal;
    readonly unitCost?: Decimal | undefined; // Of what is more; else as what is there.
    readonly expiresOn?: LocalDate | undefined;
    readonly costCentre?: string | undefined;
  };

/** Adjusts stock, with its entry. */
export const adjustStock: Booking<AdjustmentLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'adjustment',
      lines: draft.lines.map(({ costCentre, ...line }) => ({
        stock: { ...line, kind: 'adjustment' as const },
        item: line.item,
        against: 'stock-adjustment',
        costCentre,
      })),
    })),
  );

/** What is there when the books begin, and what all of it is worth in company currency. */
export type OpeningLine = StockPlace &
  Extra & {
    readonly quantity: Decimal;
    readonly value: Decimal;
    readonly expiresOn?: LocalDate | undefined;
  };

/** Takes in what is there when the books begin, with its entry against 'opening-balance'. */
export const openStock: Booking<OpeningLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'opening',
      lines: draft.lines.map((line) => ({
        stock: { ...line, kind: 'adjustment' as const },
        item: line.item,
        against: 'opening-balance' as const,
      })),
    })),
  );

/** Stock that is thrown away; its value goes to 'scrap'. */
export type ScrapLine = StockPlace &
  Extra & { readonly quantity: Decimal; readonly costCentre?: string | undefined };

/** Scraps stock of any status, with its entry. */
export const scrapStock: Booking<ScrapLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'scrap',
      lines: draft.lines.map(({ costCentre, quantity, ...line }) => ({
        stock: { ...line, kind: 'scrap' as const, quantity: negateDecimal(quantity) },
        item: line.item,
        against: 'scrap',
        costCentre,
      })),
    })),
  );

/** Stock that may now be used for something else: released, blocked, sent to inspection. */
export type StatusLine = StockPlace &
  Extra & {
    readonly quantity: Decimal;
    readonly to: 'free' | 'quality' | 'blocked';
    readonly toLocation?: string | undefined; // Where it was when left out.
  };

/** Changes what stock may be used for. It is worth what it was: there is no entry. */
export const changeStatus: Booking<StatusLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'status-change',
      lines: draft.lines.map(({ to, toLocation, quantity, reason, serials, ...place }) => {
        const from = keyOf(place);
        const target = { ...from, status: to, location: toLocation ?? from.location };
        const stock = {
          kind: 'status-change' as const,
          from,
          to: target,
          quantity,
          reason,
          serials,
        };
        return { stock, item: place.item, against: 'stock-adjustment' };
      }),
    })),
  );

/** Stock that goes to another place of ours, at once. */
export type TransferLine = StockPlace &
  Extra & {
    readonly quantity: Decimal;
    readonly toWarehouse?: string | undefined; // The same when left out.
    readonly toLocation?: string | undefined;
  };

/** Moves stock to another location or warehouse of the legal entity, at what it is worth. */
export const transferStock: Booking<TransferLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'transfer',
      lines: draft.lines.map(({ toWarehouse, toLocation, quantity, reason, serials, ...place }) => {
        const from = keyOf(place);
        const to = {
          ...from,
          warehouse: toWarehouse ?? from.warehouse,
          location: toLocation ?? '',
        };
        const stock = { kind: 'transfer' as const, from, to, quantity, reason, serials };
        return { stock, item: place.item, against: 'stock-adjustment' };
      }),
    })),
  );

/** Consignment stock that becomes ours, at the price agreed with its owner. */
export type WithdrawalLine = Omit<StockPlace, 'owner' | 'status'> &
  Extra & {
    readonly owner: string;
    readonly quantity: Decimal;
    readonly unitCost: Decimal; // Company currency.
  };

/** What is owed for withdrawn consignment: for the payables to invoice or settle. */
export type Owed = {
  readonly withdrawal: string; // A line of a supplier's invoice charges it.
  readonly supplier: string;
  readonly item: string;
  readonly quantity: Decimal;
  readonly amount: Decimal; // Company currency.
};

/** Takes consignment stock over: value against 'grir', and what is owed for it as data. */
export async function withdrawConsignment(
  tx: Handle,
  context: ErpContext,
  drafts: readonly Document<WithdrawalLine>[],
): Promise<readonly Result<BookedDocument & { owed: readonly Owed[] }, InventoryProblemCode>[]> {
  const results = await bookDocuments(
    tx,
    context,
    drafts.map(
      (draft): DocumentDraft => ({
        ...draft,
        kind: 'withdrawal',
        lines: draft.lines.flatMap(({ owner, quantity, unitCost, ...line }) => {
          const leaves = { ...line, owner, quantity: negateDecimal(quantity) };
          return [
            {
              stock: { ...leaves, kind: 'consignment-out' as const },
              item: line.item,
              against: 'grir' as const,
            },
            {
              stock: { ...line, kind: 'receipt' as const, quantity, unitCost },
              item: line.item,
              against: 'grir' as const,
            },
          ];
        }),
      }),
    ),
  );
  const taken = results.map((result, at) => {
    const { lines = [], postedOn } = drafts[at] ?? {};
    if (!result.ok || postedOn === undefined) return [];
    const { id, number, moved } = result.value;
    return lines.map(({ owner, item, warehouse, batch = '', quantity, unitCost }, line) => {
      const { value, variance } = moved[line * 2 + 1] ?? {};
      const amount =
        value === undefined || variance === undefined
          ? multiplyDecimals(unitCost, quantity)
          : addDecimals(value, variance);
      return {
        id: `${id}:${line + 1}`,
        document: id,
        number,
        supplier: owner,
        item,
        warehouse,
        batch,
        quantity,
        unitCost,
        value: amount,
        takenOn: postedOn,
      };
    });
  });
  await writeWithdrawn(tx, context, taken.flat());
  return results.map((result, at) => {
    if (!result.ok) return result;
    const owed = (taken[at] ?? []).map(({ id, supplier, item, quantity, value }) => ({
      withdrawal: id,
      supplier,
      item,
      quantity,
      amount: value,
    }));
    return accept({ ...result.value, owed });
  });
}

/** Receipts that cost otherwise than was booked: freight that came later, an invoice that differs. */
export type CorrectionLine = {
  readonly movement: string;
  readonly item: string;
  readonly amount: Decimal; // More, or with a minus less; company currency.
  readonly against?: PostingKey | undefined; // 'grir' when left out.
  readonly reason?: string | undefined;
};

/** Corrects what receipts cost: stock bears the share of what is still there, the rest is variance. */
export const correctCosts: Booking<CorrectionLine> = (tx, context, drafts) =>
  bookDocuments(
    tx,
    context,
    drafts.map((draft) => ({
      ...draft,
      kind: 'correction',
      lines: draft.lines.map(({ movement, amount, item, reason, against = 'grir' }) => ({
        stock: { kind: 'revaluation' as const, movement, amount, reason },
        item,
        against,
      })),
    })),
  );

const AGAINST: Readonly<Record<DocumentKind, PostingKey>> = {
  opening: 'opening-balance',
  adjustment: 'stock-adjustment',
  scrap: 'scrap',
  'status-change': 'stock-adjustment',
  transfer: 'stock-adjustment',
  withdrawal: 'grir',
  correction: 'grir',
  reversal: 'stock-adjustment',
};

/** Takes documents back: every movement of theirs, at what it was worth, and the entry. */
export async function reverseDocuments(
  tx: Handle,
  context: ErpContext,
  wishes: readonly { readonly id: string; readonly postedOn: LocalDate; readonly text: string }[],
): Promise<readonly Result<BookedDocument, InventoryProblemCode>[]> {
  const found = await rows<{
    movement: string;
    item: string;
    document: string;
    kind: DocumentKind;
  }>(
    tx,
    sql`select m.id as movement, m.item, d.id as document, d.kind
      from erp_inventory.document d join erp_inventory.movement m on m.source_id = d.id
      where d.id = any(${wishes.map(({ id }) => id)}) and d.legal_entity = ${context.legalEntity}
        and m.source_area = 'inventory' and m.reversal_of is null
        -- Of two legs one is enough: both are taken back.
        and (m.pair is null or m.pair = m.id)
      order by m.sequence desc`,
  );
  const movements = Map.groupBy(found, ({ document }) => document);
  const charged = await chargedOf(tx, [...movements.keys()]);
  const known = wishes.filter(({ id }) => movements.has(id) && !charged.has(id));
  const booked = await bookDocuments(
    tx,
    context,
    known.map(({ id, postedOn, text }) => ({
      kind: 'reversal',
      postedOn,
      text,
      lines: (movements.get(id) ?? []).map(({ movement, item, kind }) => ({
        stock: { kind: 'reversal' as const, movement },
        item,
        against: AGAINST[kind],
      })),
    })),
  );
  const gone = known.filter((_, at) => booked[at]?.ok === true).map(({ id }) => id);
  await send(
    tx,
    sql`update erp_inventory.withdrawn set is_reversed = true where document = any(${gone})`,
  );
  const results = booked.values(); // In turn: the same document may be named twice.
  return wishes.map(({ id }) => {
    if (charged.has(id)) {
      const message = 'its supplier has charged it: take that back first';
      return refuse('inventory.wrong-state', message, 'id');
    }
    const result = movements.has(id) ? results.next().value : undefined;
    return result ?? refuse('inventory.unknown-movement', 'no such document', 'id');
  });
}

/** The documents of which something that was taken is charged. */
async function chargedOf(tx: Handle, documents: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ document: string; charged: Decimal }>(
    tx,
    sql`select document, charged::text as charged from erp_inventory.withdrawn
      where document = any(${[...documents]}) order by id for update`,
  );
  const isCharged = found.filter(({ charged }) => /[1-9]/.test(charged));
  return new Set(isCharged.map(({ document }) => document));
}

/** A place as a key of stock. */
export const keyOf = (place: StockPlace): StockKey => ({
  item: place.item,
  warehouse: place.warehouse,
  location: place.location ?? '',
  batch: place.batch ?? '',
  status: place.status ?? (place.owner === undefined ? 'free' : 'consignment'),
  owner: place.owner ?? '',
});
