import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { itemFacts } from '#erp/items';
import { supplierFacts } from '#erp/parties';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { activeWarehouses } from './create-orders.ts';
import type { ProductionProblemCode } from './errors.ts';
import { workCentresById } from './work-centre.ts';
import type { WorkCentre } from './work-centre.ts';

type Code = ProductionProblemCode;

/** A step of a routing: at a work centre of ours, or at a supplier. */
export type RoutingOperation = {
  readonly number: number; // 10, 20, 30 …: the order they are done in.
  readonly name: string;
} & (
  | {
      readonly kind: 'inside';
      readonly workCentre: string;
      readonly setupSeconds: number;
      readonly runSeconds: Decimal; // For the routing's base quantity.
    }
  | {
      readonly kind: 'outside';
      readonly supplier: string;
      readonly unitPrice: Decimal; // Planned; company currency, per base unit of the item.
      readonly supplierWarehouse?: string; // Where what we provide lies there.
    }
);

/** How an item is made, in one version. */
export type Routing = {
  readonly id: string;
  readonly legalEntity: string;
  readonly item: string;
  readonly version: string;
  readonly baseQuantity: Decimal;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate; // The last day.
  readonly operations: readonly RoutingOperation[];
};

/** A routing as it is asked for. */
export type RoutingDraft = Omit<Routing, 'id' | 'legalEntity'>;

const ZERO = decimal('0');
const YEAR_SECONDS = 31_536_000;

/** Whether this is a time: whole seconds, a year at most. */
export const isSeconds = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= YEAR_SECONDS;

/** Writes versions of routings. */
export async function createRoutings(
  tx: Handle,
  context: ErpContext,
  drafts: readonly RoutingDraft[],
): Promise<readonly Result<{ id: string }, Code>[]> {
  const { clock, legalEntity } = context;
  const lock = `erp_production.routing ${legalEntity}`;
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const named = drafts.map(({ item }) => item);
  const items = await itemFacts(tx, named);
  const centres = await workCentresById(
    tx,
    drafts.flatMap(({ operations }) =>
      operations.flatMap((each) => (each.kind === 'inside' ? [each.workCentre] : [])),
    ),
  );
  const outside = drafts.flatMap(({ operations }) =>
    operations.flatMap((each) => (each.kind === 'outside' ? [each] : [])),
  );
  const suppliers = await supplierFacts(
    tx,
    outside.map(({ supplier }) => supplier),
  );
  const warehouses = await activeWarehouses(tx, legalEntity);
  const partners = { legalEntity, suppliers, warehouses };
  const there = await listRoutings(tx, legalEntity, named);
  const taken = new Set(there.map(({ item, version }) => `${item} ${version}`));
  const made: Routing[] = [];
  const results = drafts.map((draft): Result<{ id: string }, Code> => {
    if (items.get(draft.item)?.legalEntity !== legalEntity) {
      return refuse('production.no-such-item', `there is no item ${draft.item}`, 'item');
    }
    const problem = routingProblem(draft, centres, legalEntity) ?? partnerProblem(draft, partners);
    if (problem !== undefined) return problem;
    const key = `${draft.item} ${draft.version}`;
    if (taken.has(key)) {
      return refuse('production.code-taken', `version ${draft.version} is there`, 'version');
    }
    taken.add(key);
    const id = newId('rtg', millisecondsOf(clock()));
    made.push({ ...draft, id, legalEntity });
    return accept({ id });
  });
  await write(tx, context, made);
  return results;
}

/** Every version of the routings of these items, the newest first; of all items when none is named. */
export async function listRoutings(
  handle: Handle,
  legalEntity: string,
  items?: readonly string[],
  page: { readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<readonly Routing[]> {
  const { after, limit } = page;
  const isAfter =
    after === undefined
      ? sql`true`
      : sql`exists (select from erp_production.routing a where a.id = ${after} and (r.item > a.item
          or r.item = a.item and (r.valid_from, r.id) < (a.valid_from, a.id)))`;
  const found = await rows<{ routing: Routing }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', r.id, 'legalEntity', r.legal_entity,
        'item', r.item, 'version', r.version, 'baseQuantity', r.base_quantity::text,
        'validFrom', r.valid_from, 'validTo', r.valid_to, 'operations', (
          select jsonb_agg(jsonb_build_object('number', o.number, 'kind', o.kind, 'name', o.name,
            'workCentre', o.work_centre, 'setupSeconds', o.setup_seconds,
            'runSeconds', o.run_seconds::text, 'supplier', o.supplier,
            'supplierWarehouse', o.supplier_warehouse, 'unitPrice', o.unit_price::text)
            order by o.number)
          from erp_production.routing_operation o where o.routing = r.id))) as routing
      from erp_production.routing r where r.legal_entity = ${legalEntity}
        and ${items === undefined ? sql`true` : sql`r.item = any(${[...new Set(items)]})`}
        and ${isAfter}
      order by r.item, r.valid_from desc, r.id desc limit ${limit ?? null}`,
  );
  return found.map(({ routing }) => routing);
}

/** The routing of an item that holds on a day: the one that began last. */
export const routingOn = (
  routings: readonly Routing[],
  item: string,
  on: LocalDate,
): Routing | undefined =>
  routings.find(
    (each) =>
      each.item === item &&
      each.validFrom <= on &&
      (each.validTo === undefined || each.validTo >= on),
  );

function routingProblem(
  { version, baseQuantity, validFrom, validTo, operations }: RoutingDraft,
  centres: ReadonlyMap<string, WorkCentre>,
  legalEntity: string,
): Refusal<Code> | undefined {
  const numbers = operations.map(({ number }) => number);
  const checks: readonly (readonly [boolean, string, string])[] = [
    [version.trim() !== '', 'version', 'a version has a name'],
    [compareDecimals(baseQuantity, ZERO) > 0, 'baseQuantity', 'times are for something'],
    [validTo === undefined || validTo >= validFrom, 'validTo', 'it ends before it begins'],
    [operations.length > 0, 'operations', 'a routing has operations'],
    [new Set(numbers).size === numbers.length, 'operations', 'a number comes twice'],
    [
      numbers.every((each) => Number.isInteger(each) && each > 0),
      'operations',
      'numbers are whole and above zero',
    ],
    [operations.every(({ name }) => name.trim() !== ''), 'operations', 'an operation has a name'],
  ];
  const failed = checks.find(([right]) => !right);
  if (failed !== undefined) return refuse('production.bad-routing', failed[2], failed[1]);
  for (const each of operations) {
    const field = `operations.${each.number}`;
    if (each.kind === 'outside') {
      if (compareDecimals(each.unitPrice, ZERO) >= 0) continue;
      return refuse('production.bad-routing', 'a price is not below zero', field);
    }
    if (centres.get(each.workCentre)?.legalEntity !== legalEntity) {
      const message = `there is no work centre ${each.workCentre}`;
      return refuse('production.no-such-work-centre', message, field);
    }
    if (!isSeconds(each.setupSeconds) || compareDecimals(each.runSeconds, ZERO) < 0) {
      return refuse('production.bad-times', 'times are not below zero', field);
    }
  }
  return undefined;
}

/** Whether suppliers and their warehouses are there. */
function partnerProblem(
  { operations }: RoutingDraft,
  of: {
    readonly legalEntity: string;
    readonly suppliers: ReadonlyMap<string, { readonly legalEntity: string }>;
    readonly warehouses: ReadonlySet<string>;
  },
): Refusal<Code> | undefined {
  for (const each of operations) {
    if (each.kind === 'inside') continue;
    const field = `operations.${each.number}`;
    const { supplier, supplierWarehouse } = each;
    if (of.suppliers.get(supplier)?.legalEntity !== of.legalEntity) {
      return refuse('production.no-such-supplier', `there is no supplier ${supplier}`, field);
    }
    if (supplierWarehouse !== undefined && !of.warehouses.has(supplierWarehouse)) {
      const message = `there is no warehouse ${supplierWarehouse}`;
      return refuse('production.no-such-warehouse', message, field);
    }
  }
  return undefined;
}

async function write(tx: Handle, context: ErpContext, made: readonly Routing[]): Promise<void> {
  await insertRows(
    tx,
    'erp_production.routing',
    {
      id: 'text',
      legal_entity: 'text',
      item: 'text',
      version: 'text',
      base_quantity: 'numeric',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((routing) => ({
      id: routing.id,
      legal_entity: routing.legalEntity,
      item: routing.item,
      version: routing.version,
      base_quantity: routing.baseQuantity,
      valid_from: routing.validFrom,
      valid_to: routing.validTo,
      created_by: context.by,
      created_at: context.clock(),
    })),
  );
  await insertRows(
    tx,
    'erp_production.routing_operation',
    {
      routing: 'text',
      number: 'integer',
      kind: 'text',
      name: 'text',
      work_centre: 'text',
      setup_seconds: 'integer',
      run_seconds: 'numeric',
      supplier: 'text',
      supplier_warehouse: 'text',
      unit_price: 'numeric',
    },
    made.flatMap(({ id, operations }) =>
      operations.map((each) => ({
        routing: id,
        number: each.number,
        kind: each.kind,
        name: each.name,
        ...(each.kind === 'inside'
          ? {
              work_centre: each.workCentre,
              setup_seconds: each.setupSeconds,
              run_seconds: each.runSeconds,
              supplier: undefined,
              supplier_warehouse: undefined,
              unit_price: undefined,
            }
          : {
              work_centre: undefined,
              setup_seconds: 0,
              run_seconds: '0',
              supplier: each.supplier,
              supplier_warehouse: each.supplierWarehouse,
              unit_price: each.unitPrice,
            }),
      })),
    ),
  );
}
