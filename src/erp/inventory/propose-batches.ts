import { rows, sql } from '#database';
import type { Handle } from '#database';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { positionKey } from './movement.ts';

/** Free stock that nobody has picked, at one place. */
export type OpenStock = {
  readonly location: string;
  readonly batch: string;
  readonly quantity: Decimal;
  readonly expiresOn?: LocalDate | undefined;
  readonly receivedOn?: LocalDate | undefined;
};

/** What is to be taken, and how much of the wish nothing is there for. */
export type Proposal = { readonly takes: readonly OpenStock[]; readonly missing: Decimal };

const ZERO = decimal('0');
const LAST = '9999-12-31';

/** First expired, first out: what expires first is taken first, what has expired not at all. */
export function proposeBatches(
  stock: readonly OpenStock[],
  quantity: Decimal,
  on: LocalDate,
): Proposal {
  const usable = stock
    .filter(({ expiresOn }) => expiresOn === undefined || expiresOn >= on)
    .filter((each) => compareDecimals(each.quantity, ZERO) > 0)
    .toSorted(
      (a, b) =>
        (a.expiresOn ?? LAST).localeCompare(b.expiresOn ?? LAST) ||
        (a.receivedOn ?? '').localeCompare(b.receivedOn ?? '') ||
        a.batch.localeCompare(b.batch) ||
        a.location.localeCompare(b.location),
    );
  const takes: OpenStock[] = [];
  let missing = quantity;
  for (const each of usable) {
    if (compareDecimals(missing, ZERO) <= 0) break;
    const part = compareDecimals(each.quantity, missing) < 0 ? each.quantity : missing;
    takes.push({ ...each, quantity: part });
    missing = subtractDecimals(missing, part);
  }
  return { takes, missing };
}

/** Proposes for each wish where to take it from. Nothing is reserved by it. */
export async function proposeFefo(
  handle: Handle,
  asks: readonly {
    readonly item: string;
    readonly warehouse: string;
    readonly quantity: Decimal;
    readonly on: LocalDate;
  }[],
): Promise<readonly Proposal[]> {
  const found = await rows<
    OpenStock & {
      readonly item: string;
      readonly warehouse: string;
      expires: LocalDate | null;
      received: LocalDate | null;
    }
  >(
    handle,
    sql`select b.item, b.warehouse, b.location, b.batch, b.quantity - b.held as quantity,
        t.expires_on as expires, t.received_on as received
      from erp_inventory.balance b
      left join erp_inventory.batch t on t.item = b.item and t.code = b.batch
      where b.item = any(${[...new Set(asks.map(({ item }) => item))]})
        and b.warehouse = any(${[...new Set(asks.map(({ warehouse }) => warehouse))]})
        and b.status = 'free' and b.quantity > b.held and b.frozen_by is null`,
  );
  const stock = Map.groupBy(found, positionKey);
  return asks.map(({ quantity, on, ...key }) =>
    proposeBatches(
      (stock.get(positionKey(key)) ?? []).map(({ expires, received, ...each }) => ({
        location: each.location,
        batch: each.batch,
        quantity: each.quantity,
        expiresOn: expires ?? undefined,
        receivedOn: received ?? undefined,
      })),
      quantity,
      on,
    ),
  );
}
