import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What was taken of a supplier's consignment, and how much of it he has charged. */
export type Withdrawn = {
  readonly id: string;
  readonly legalEntity: string;
  readonly document: string;
  readonly number: string; // The document's.
  readonly supplier: string;
  readonly item: string;
  readonly warehouse: string;
  readonly batch: string;
  readonly quantity: Decimal; // In the item's base unit.
  readonly unitCost: Decimal; // As agreed; company currency.
  readonly value: Decimal; // What waits for it, or waited, on goods received and not invoiced.
  readonly takenOn: LocalDate;
  readonly charged: Decimal;
  readonly chargedValue: Decimal;
  readonly open: Decimal; // Not charged yet.
  readonly openValue: Decimal;
  readonly isReversed: boolean;
};

const COLUMNS = sql`w.id, w.legal_entity as "legalEntity", w.document, w.number, w.supplier, w.item,
  w.warehouse, w.batch, w.quantity::text as quantity, w.unit_cost::text as "unitCost",
  w.value::text as value, w.taken_on as "takenOn", w.charged::text as charged,
  w.charged_value::text as "chargedValue", w.is_reversed as "isReversed",
  (case when w.is_reversed then 0 else w.quantity - w.charged end)::text as open,
  (case when w.is_reversed then 0 else w.value - w.charged_value end)::text as "openValue"`;

const LIST = {
  table: 'erp_inventory.withdrawn',
  alias: 'w',
  columns: {
    takenOn: 'taken_on',
    supplier: 'supplier',
    item: 'item',
    warehouse: 'warehouse',
    value: 'value',
    number: 'number',
  },
} as const;

const IS_OPEN = sql<boolean>`(w.charged < w.quantity and not w.is_reversed)`;

/** What was taken of consignment, unless sorted otherwise the oldest first. */
export const listWithdrawn = (
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly supplier?: string | undefined;
    readonly item?: string | undefined;
    readonly warehouse?: string | undefined;
    readonly from?: LocalDate | undefined; // Taken.
    readonly to?: LocalDate | undefined;
    readonly isOpen?: boolean | undefined; // Some of it is not charged yet.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
    readonly after?: string | undefined; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly Withdrawn[]> => {
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'takenOn', filter.after);
  const conditions = [
    sql`w.legal_entity = ${filter.legalEntity}`,
    ...given(filter.supplier, (supplier) => sql<boolean>`w.supplier = ${supplier}`),
    ...given(filter.item, (item) => sql<boolean>`w.item = ${item}`),
    ...given(filter.warehouse, (warehouse) => sql<boolean>`w.warehouse = ${warehouse}`),
    ...given(filter.from, (day) => sql<boolean>`w.taken_on >= ${day}`),
    ...given(filter.to, (day) => sql<boolean>`w.taken_on <= ${day}`),
    ...given(filter.isOpen, (wanted) => (wanted ? IS_OPEN : sql<boolean>`not ${IS_OPEN}`)),
    isAfter,
  ];
  return rows<Withdrawn>(
    handle,
    sql`select ${COLUMNS} from erp_inventory.withdrawn w
      where ${sql.join(conditions, sql` and `)} order by ${order} ${atMost(filter.limit)}`,
  );
};

/** Whose goods were taken and are not all charged yet, and which those are. Ids, each once. */
export type NotCharged = {
  readonly suppliers: readonly string[];
  readonly items: readonly string[];
};

/** What a list of what is not charged can be narrowed to: all of it, however long the list is. */
export async function notCharged(handle: Handle, legalEntity: string): Promise<NotCharged> {
  const [found] = await rows<NotCharged>(
    handle,
    sql`select coalesce(array_agg(distinct w.supplier order by w.supplier), '{}') as suppliers,
        coalesce(array_agg(distinct w.item order by w.item), '{}') as items
      from erp_inventory.withdrawn w where w.legal_entity = ${legalEntity} and ${IS_OPEN}`,
  );
  return found ?? { suppliers: [], items: [] };
}

/** What was taken, by id; locked, those of one command in one order, until the transaction ends. */
export async function lockWithdrawn(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Withdrawn>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Withdrawn>(
    tx,
    sql`select ${COLUMNS} from erp_inventory.withdrawn w where w.id = any(${[...new Set(ids)]})
      order by w.id for update`,
  );
  return new Map(found.map((one) => [one.id, one]));
}

/** What is charged of something that was taken; minus gives back. */
export type WithdrawalCharge = {
  readonly withdrawn: string;
  readonly source: string; // The invoice line, or that a person said so.
  readonly quantity: Decimal;
  readonly value: Decimal; // Company currency: taken from goods received and not invoiced.
  readonly on: LocalDate;
  readonly reason?: string;
};

/** Notes what is charged. The caller has locked what was taken by `lockWithdrawn`. */
export async function noteWithdrawnCharged(
  tx: Handle,
  context: ErpContext,
  charges: readonly WithdrawalCharge[],
): Promise<void> {
  const now = context.clock();
  await insertRows(
    tx,
    'erp_inventory.withdrawal_charge',
    {
      withdrawn: 'text',
      source: 'text',
      quantity: 'numeric',
      value: 'numeric',
      reason: 'text',
      charged_on: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    charges.map(({ withdrawn, source, quantity, value, on, reason }) => ({
      withdrawn,
      source,
      quantity,
      value,
      reason,
      charged_on: on,
      created_by: context.by,
      created_at: now,
    })),
  );
}

/** Writes down what was taken: for whoever charges it. */
export async function writeWithdrawn(
  tx: Handle,
  context: ErpContext,
  taken: readonly Pick<
    Withdrawn,
    | 'id'
    | 'document'
    | 'number'
    | 'supplier'
    | 'item'
    | 'warehouse'
    | 'batch'
    | 'quantity'
    | 'unitCost'
    | 'value'
    | 'takenOn'
  >[],
): Promise<void> {
  await insertRows(
    tx,
    'erp_inventory.withdrawn',
    {
      id: 'text',
      legal_entity: 'text',
      document: 'text',
      number: 'text',
      supplier: 'text',
      item: 'text',
      warehouse: 'text',
      batch: 'text',
      quantity: 'numeric',
      unit_cost: 'numeric',
      value: 'numeric',
      taken_on: 'date',
    },
    taken.map(({ unitCost, takenOn, ...one }) => ({
      ...one,
      legal_entity: context.legalEntity,
      unit_cost: unitCost,
      taken_on: takenOn,
    })),
  );
}
