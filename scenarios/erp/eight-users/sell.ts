/** What is offered, ordered by customers, delivered, and comes back. */
import {
  changeOrders,
  createOrders,
  postDeliveries,
  reverseDeliveries,
  steerOrders,
} from '#erp/sales';
import type { SalesLineDraft, SalesOrderStatus } from '#erp/sales';
import { createQuotations, orderQuotations, steerQuotations } from '#erp/sales/quotations';
import type { Draw } from '#kernel';
import { addDays } from '#kernel/time';
import { operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { isRude, money, pieces, seen } from './world.ts';
import type { Line, Moved, Order, World } from './world.ts';

/** Lines of goods, the last one of which many want. */
function wanted(world: World, draw: Draw, customer: string) {
  const { goods, lastOne, products, warehouses, dollars } = world.founded;
  const taxCode = dollars.has(customer) ? 'OUT-ZERO' : 'OUT-STD';
  return Array.from({ length: draw.between(1, 3) }, (_, at) => {
    const item = draw.happens(80) ? lastOne : draw.pick(draw.happens(150) ? products : goods);
    const ordered = item === lastOne ? 1 : draw.between(1, 6);
    const line: Line = {
      number: (at + 1) * 10,
      cents: draw.between(1000, 4000),
      ordered,
      moved: 0,
    };
    const draft: SalesLineDraft = {
      item,
      quantity: pieces(ordered),
      unitPrice: money(line.cents),
      taxCode,
      warehouse: draw.happens(850) ? (warehouses[0] ?? '') : draw.pick(warehouses),
    };
    return { line, draft };
  });
}

const STATES: Readonly<Record<SalesOrderStatus, Order['state']>> = {
  draft: 'draft',
  'on-credit-hold': 'waiting',
  confirmed: 'open',
  'partly-delivered': 'open',
  delivered: 'open',
  closed: 'closed',
  cancelled: 'closed',
};

/** The order as it stands now: what nobody goes on with is forgotten. */
function stands(world: World, order: Order, version: number, status: SalesOrderStatus): void {
  order.version = version;
  order.state = STATES[status];
  if (status === 'cancelled') world.sales.drop(order);
}

const left = ({ ordered, moved }: Line): number => ordered - moved;

/** Quotations, and orders that come of them. */
const quotations = (world: World): readonly Operation[] => [
  operation({
    name: 'quotation: write',
    share: 20,
    makes: 'erp_sales.quotation',
    choose: ({ draw }) => {
      const customer = draw.pick(world.founded.customers);
      const issuedOn = world.today;
      const lines = wanted(world, draw, customer).map(({ draft }) => draft);
      return {
        draft: { customer, issuedOn, validUntil: addDays(issuedOn, 60), lines },
        done: ({ id }) => world.quotations.add({ id, party: customer, version: 1, state: 'draft' }),
      };
    },
    book: createQuotations,
  }),
  operation({
    name: 'quotation: send, accept, reject',
    share: 35,
    choose: ({ draw }) => {
      const one = world.quotations.pick(draw, ({ state }) => state !== 'accepted');
      if (one === undefined) return undefined;
      const { version, isStale } = seen(draw, one.version);
      const on = draw.happens(80) ? 'reject' : one.state === 'draft' ? 'send' : 'accept';
      return {
        draft: { id: one.id, version, step: on, on: world.today } as const,
        about: one,
        isStale,
        done: (now: { readonly version: number }) => {
          one.version = now.version;
          one.state = on === 'send' ? 'sent' : 'accepted';
          if (on === 'reject') world.quotations.drop(one);
        },
        refused: () => isStale || world.quotations.drop(one),
      };
    },
    book: steerQuotations,
  }),
  operation({
    name: 'quotation: order',
    share: 15,
    makes: 'erp_sales.sales_order',
    choose: ({ draw }) => {
      const one = world.quotations.pick(draw, ({ state }) => state === 'accepted');
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.quotations.drop(one);
      return { draft: { id: one.id, issuedOn: world.today } };
    },
    book: orderQuotations,
  }),
];

/** Orders. */
const orders = (world: World): readonly Operation[] => [
  operation({
    name: 'sales order: write',
    share: 110,
    makes: 'erp_sales.sales_order',
    choose: ({ draw }) => {
      const customer = draw.pick(world.founded.customers);
      const lines = wanted(world, draw, customer);
      return {
        draft: { customer, issuedOn: world.today, lines: lines.map(({ draft }) => draft) },
        done: ({ id }) =>
          world.sales.add({
            id,
            party: customer,
            version: 1,
            state: 'draft',
            lines: lines.map(({ line }) => line),
          }),
      };
    },
    book: createOrders,
  }),
  operation({
    name: 'sales order: change',
    share: 30,
    choose: ({ draw }) => {
      const order = world.sales.pick(draw, ({ state }) => state !== 'closed');
      if (order === undefined) return undefined;
      const { version, isStale } = seen(draw, order.version);
      const line = draw.pick(order.lines);
      const ordered = line.moved + draw.between(1, 6);
      return {
        draft: {
          id: order.id,
          version,
          reason: 'he wants it otherwise',
          lines: [{ line: line.number, quantity: pieces(ordered) }],
        },
        about: order,
        isStale,
        done: (now) => {
          line.ordered = ordered;
          stands(world, order, now.version, now.status);
        },
      };
    },
    book: changeOrders,
  }),
  step(world, 'confirm', 120, (order) => order.state === 'draft'),
  step(world, 'release-credit', 10, (order) => order.state === 'waiting'),
  step(world, 'cancel', 6, (order) => order.lines.every(({ moved }) => moved === 0)),
  step(world, 'close', 5, (order) => order.state === 'open'),
  step(world, 'reopen', 5, (order) => order.state === 'closed'),
];

function step(
  world: World,
  name: 'confirm' | 'release-credit' | 'cancel' | 'close' | 'reopen',
  share: number,
  fits: (order: Order) => boolean,
): Operation {
  return operation({
    name: `sales order: ${name}`,
    share,
    choose: ({ draw }) => {
      const order = world.sales.pick(draw, fits);
      if (order === undefined) return undefined;
      const { version, isStale } = seen(draw, order.version);
      return {
        draft: { id: order.id, version, step: name },
        about: order,
        isStale,
        done: (now) => stands(world, order, now.version, now.status),
      };
    },
    book: steerOrders,
  });
}

/** How much of which lines leaves; claimed at once, unless somebody is rude. */
export function someOf(draw: Draw, order: Order) {
  const open = order.lines.filter((line) => left(line) > 0);
  const lines = (draw.happens(600) ? open : open.slice(0, 1)).map((line) => ({
    line,
    quantity: draw.happens(600) ? left(line) : draw.between(1, left(line)),
  }));
  const isClaimed = !isRude(draw);
  const take = (sign: 1 | -1): void => {
    for (const { line, quantity } of lines) line.moved += sign * quantity;
  };
  if (isClaimed) take(1);
  return {
    lines,
    done: () => isClaimed || take(1),
    refused: () => isClaimed && take(-1),
  };
}

const isOpen = ({ state, lines }: Order): boolean =>
  state === 'open' && lines.some((line) => left(line) > 0);

/** Deliveries. */
const deliveries = (world: World): readonly Operation[] => [
  operation({
    name: 'delivery: ship',
    share: 170,
    makes: 'erp_sales.delivery',
    choose: ({ draw }) => {
      const order = world.sales.pick(draw, isOpen);
      if (order === undefined) return undefined;
      const { lines, done, refused } = someOf(draw, order);
      return {
        draft: {
          shippedOn: world.today,
          postedOn: world.day(draw),
          lines: lines.map(({ line, quantity }) => ({
            order: order.id,
            line: line.number,
            quantity: pieces(quantity),
          })),
        },
        done: ({ id }) => {
          done();
          const moved: Moved = { id, party: order.party, order, lines };
          world.deliveries.add(moved);
          world.uncharged.add(moved);
          if (order.lines.every((line) => left(line) <= 0)) {
            world.sales.drop(order);
            world.sold.add(order);
          }
        },
        refused,
      };
    },
    book: postDeliveries,
  }),
];

/** Deliveries that come back. */
const comingBack = (world: World): readonly Operation[] => [
  operation({
    name: 'delivery: take back some',
    share: 15,
    makes: 'erp_sales.delivery',
    choose: ({ draw }) => {
      const from = world.deliveries.pick(draw);
      if (from === undefined) return undefined;
      const { line, quantity } = draw.pick(from.lines);
      return {
        draft: {
          kind: 'return' as const,
          shippedOn: world.today,
          postedOn: world.day(draw),
          lines: [
            {
              order: from.order.id,
              line: line.number,
              quantity: pieces(draw.between(1, quantity)),
              reason: 'does not fit',
            },
          ],
        },
        done: ({ id }: { readonly id: string }) => world.returned.add({ id, party: from.party }),
        refused: () => world.deliveries.drop(from),
      };
    },
    book: postDeliveries,
  }),
  operation({
    name: 'delivery: reverse',
    share: 8,
    makes: 'erp_sales.delivery',
    choose: ({ draw }) => {
      const from = world.deliveries.pick(draw);
      if (from === undefined) return undefined;
      if (!isRude(draw)) world.deliveries.drop(from);
      return { draft: { id: from.id, on: world.today, reason: 'not loaded' } };
    },
    book: reverseDeliveries,
  }),
];

/** All of it. */
export const selling = (world: World): readonly Operation[] => [
  ...quotations(world),
  ...orders(world),
  ...deliveries(world),
  ...comingBack(world),
];
