import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { Party } from '#erp/parties';
import { addDecimals, decimal, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedOrder } from './decide-order.ts';
import { confirmedOrHeld } from './decide-step.ts';
import { reserveWaiting } from './reserve-lines.ts';
import type { Decision } from './sales-order.ts';

/** An order that may be written, under its id. */
export type Identified = { readonly id: string; readonly order: DecidedOrder };

/** What confirming an order as it is written makes of it; reservations in the order of its lines. */
export type AtOnce = {
  readonly decision: Decision;
  readonly reservations: readonly (string | undefined)[];
};

type Terms = {
  readonly reserve: boolean;
  readonly customers: ReadonlyMap<string, Party>;
  readonly exposures: Map<string, Decimal>; // It grows by what is confirmed.
};

/** Confirms orders that are about to be written: credit is checked, and what stock there is reserved if it is to be. */
export async function confirmAtOnce(
  tx: Handle,
  context: ErpContext,
  orders: readonly Identified[],
  { customers, exposures, reserve }: Terms,
): Promise<ReadonlyMap<string, AtOnce>> {
  const decisions = orders.map(({ order }) => {
    const exposure = exposures.get(order.customer) ?? decimal('0');
    const creditLimit = customers.get(order.customer)?.creditLimit;
    const decision = confirmedOrHeld(order, { creditLimit, exposure });
    if (decision === 'confirmed') {
      const worth = multiplyDecimals(order.net, order.rate);
      exposures.set(order.customer, addDecimals(exposure, worth));
    }
    return decision;
  });
  const confirmed = orders.filter((_, at) => reserve && decisions[at] === 'confirmed');
  const lines = confirmed.flatMap(({ id, order }) => order.lines.map(waitingOf(id)));
  const reserved = (await reserveWaiting(tx, context, lines)).values();
  return new Map(
    orders.map(({ id, order }, at) => {
      const decision = decisions[at] ?? 'draft';
      const own =
        reserve && decision === 'confirmed' ? order.lines.map(() => reserved.next().value) : [];
      return [id, { decision, reservations: own }];
    }),
  );
}

const waitingOf = (order: string) => (line: DecidedOrder['lines'][number], at: number) => ({
  order,
  line: {
    number: (at + 1) * 10,
    item: line.item ?? null,
    unit: line.unit,
    ordered: line.quantity,
    warehouse: line.warehouse ?? null,
    isDeliveredAgainst: line.isDeliveredAgainst,
  },
});
