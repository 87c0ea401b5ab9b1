import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { writeAllocations } from './allocate.ts';
import type { DecidedAllocation } from './allocate.ts';
import { allocationEntry } from './allocation-entry.ts';
import { discountSharesOf } from './decide-allocation.ts';
import type { Settled, Settlement } from './decide-allocation.ts';
import type { OpenItemsProblemCode } from './errors.ts';
import { lockOpenItems } from './read-open-items.ts';

/** An allocation as it was written. Amounts below zero: it takes another one back. */
export type Allocation = {
  readonly id: string;
  readonly raising: string;
  readonly lowering: string;
  readonly on: LocalDate;
  readonly amount: Decimal;
  readonly discount: Decimal;
  readonly raisingCompany: Decimal;
  readonly loweringCompany: Decimal;
  readonly discountCompany: Decimal;
  readonly difference: Decimal;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
};

const SELECTED = sql`a.id, a.raising_item as raising, a.lowering_item as lowering,
  a.allocated_on as on, a.amount::text as amount, a.discount::text as discount,
  a.raising_company::text as "raisingCompany", a.lowering_company::text as "loweringCompany",
  a.discount_company::text as "discountCompany", a.difference::text as difference, a.reverses,
  (select r.id from erp_open_items.allocation r where r.reverses = a.id) as "reversedBy"`;

/** What has settled an item, or what it has settled, in the order of time. */
export async function allocationsOf(handle: Handle, item: string): Promise<readonly Allocation[]> {
  return await rows<Allocation>(
    handle,
    sql`select ${SELECTED} from erp_open_items.allocation a
      where a.raising_item = ${item} or a.lowering_item = ${item} order by a.created_at, a.id`,
  );
}

/** Takes back all that has settled these items, or that they have settled. */
export async function releaseItems(
  tx: Handle,
  context: ErpContext,
  wishes: readonly { readonly item: string; readonly on: LocalDate }[],
): Promise<readonly Result<{ readonly id: string }, OpenItemsProblemCode>[]> {
  const items = wishes.map(({ item }) => item);
  const found = await rows<Allocation>(
    tx,
    sql`select ${SELECTED} from erp_open_items.allocation a
      where (a.raising_item = any(${items}) or a.lowering_item = any(${items}))
        and a.reverses is null
        and not exists (select 1 from erp_open_items.allocation r where r.reverses = a.id)
      order by a.created_at, a.id`,
  );
  const days = new Map(wishes.map(({ item, on }) => [item, on]));
  const wanted = found.flatMap(({ id, raising, lowering }) => {
    const on = days.get(raising) ?? days.get(lowering);
    return on === undefined ? [] : [{ id, on }];
  });
  return await reverseAllocations(tx, context, wanted);
}

/** Takes allocations back: what they settled is open again, what they booked is booked back. */
export async function reverseAllocations(
  tx: Handle,
  context: ErpContext,
  wanted: readonly { readonly id: string; readonly on: LocalDate }[],
): Promise<readonly Result<{ readonly id: string }, OpenItemsProblemCode>[]> {
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const ids = wanted.map(({ id }) => id);
  const items = await lockOpenItems(tx, await itemsOf(tx, ids));
  const found = await rows<Allocation>(
    tx, // After the lock: what was taken back meanwhile is seen.
    sql`select ${SELECTED} from erp_open_items.allocation a where a.id = any(${ids})`,
  );
  const known = new Map(found.map((each) => [each.id, each]));
  const taken = new Set(found.flatMap(({ id, reversedBy }) => (reversedBy === null ? [] : [id])));
  const nowMs = millisecondsOf(context.clock());
  const decided = wanted.map(
    ({ id: reverses, on }): Result<DecidedAllocation, OpenItemsProblemCode> => {
      const was = known.get(reverses);
      const raising = items.get(was?.raising ?? '');
      const lowering = items.get(was?.lowering ?? '');
      if (was === undefined || raising === undefined || lowering === undefined) {
        return refuse('open-items.no-such-allocation', `there is no allocation ${reverses}`, 'id');
      }
      if (taken.has(reverses) || was.reverses !== null) {
        return refuse('open-items.already-reversed', `${reverses} has been taken back`, 'id');
      }
      taken.add(reverses);
      const { amount, discount } = was;
      const settlement: Settlement = { raising, lowering, amount, discount };
      const discountShares = discountSharesOf(raising, discount);
      const settled: Settled = { ...companyPartsOf(was), discountShares };
      const id = newId('alc', nowMs);
      const entry = allocationEntry(settlement, settled, { id, on, companyCurrency, sign: -1 });
      const back = {
        ...settlement,
        amount: negateDecimal(amount),
        discount: negateDecimal(discount),
      };
      return accept({ id, on, settlement: back, settled: negatedParts(was), entry, reverses });
    },
  );
  return await writeAllocations(tx, context, decided);
}

async function itemsOf(tx: Handle, ids: readonly string[]): Promise<readonly string[]> {
  const found = await rows<{ raising: string; lowering: string }>(
    tx,
    sql`select raising_item as raising, lowering_item as lowering
      from erp_open_items.allocation where id = any(${[...ids]})`,
  );
  return found.flatMap(({ raising, lowering }) => [raising, lowering]);
}

type CompanyParts = Omit<Settled, 'discountShares'>;

function companyPartsOf(was: Allocation): CompanyParts {
  const { raisingCompany, loweringCompany, discountCompany, difference } = was;
  return { raisingCompany, loweringCompany, discountCompany, difference };
}

function negatedParts(was: Allocation): Settled {
  return {
    raisingCompany: negateDecimal(was.raisingCompany),
    loweringCompany: negateDecimal(was.loweringCompany),
    discountCompany: negateDecimal(was.discountCompany),
    difference: negateDecimal(was.difference),
    discountShares: [],
  };
}
