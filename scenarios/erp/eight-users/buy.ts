/** What is asked for, ordered from suppliers, comes and goes back. */
import {
  changeOrders,
  createOrders,
  postReceipts,
  reverseReceipts,
  steerOrders,
} from '#erp/purchasing';
import type { OrderLineDraft, OrderStatus } from '#erp/purchasing';
import {
  createRequisitions,
  orderRequisitions,
  steerRequisitions,
} from '#erp/purchasing/requisitions';
import type { Draw } from '#kernel';
import { operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { someOf } from './sell.ts';
import { isRude, money, pieces, seen } from './world.ts';
import type { Line, Moved, Order, World } from './world.ts';

function ordered(world: World, draw: Draw) {
  const { goods, lastOne, steel, warehouses } = world.founded;
  return Array.from({ length: draw.between(1, 3) }, (_, at) => {
    const item = draw.happens(60) ? lastOne : draw.happens(200) ? steel : draw.pick(goods);
    const count = item === lastOne ? 1 : draw.between(10, 60);
    const cents = draw.between(500, 1500);
    const line: Line = { number: (at + 1) * 10, cents, ordered: count, moved: 0 };
    const draft: OrderLineDraft = {
      item,
      quantity: pieces(count),
      unitPrice: money(cents),
      taxCode: 'IN-STD',
      warehouse: draw.happens(850) ? (warehouses[0] ?? '') : draw.pick(warehouses),
    };
    return { line, draft };
  });
}

const STATES: Readonly<Record<OrderStatus, Order['state']>> = {
  draft: 'draft',
  'awaiting-approval': 'waiting',
  issued: 'open',
  'partly-received': 'open',
  received: 'open',
  closed: 'closed',
  rejected: 'closed',
  cancelled: 'closed',
};

function stands(world: World, order: Order, version: number, status: OrderStatus): void {
  order.version = version;
  order.state = STATES[status];
  if (status === 'cancelled' || status === 'rejected') world.purchases.drop(order);
}

/** What somebody wants to be bought. */
const requisitions = (world: World): readonly Operation[] => [
  operation({
    name: 'requisition: write',
    share: 15,
    makes: 'erp_purchasing.requisition',
    choose: ({ draw }) => ({
      draft: {
        issuedOn: world.today,
        lines: [
          {
            item: draw.pick(world.founded.goods),
            quantity: pieces(draw.between(5, 20)),
            neededOn: world.today,
            estimatedPrice: money(draw.between(500, 1500)),
            supplier: draw.pick(world.founded.suppliers),
            warehouse: world.founded.warehouses[0] ?? '',
          },
        ],
      },
      done: ({ id }: { readonly id: string }) =>
        world.requisitions.add({ id, party: '', version: 1, state: 'draft' }),
    }),
    book: createRequisitions,
  }),
  operation({
    name: 'requisition: submit, approve, reject',
    share: 30,
    choose: ({ draw }) => {
      const one = world.requisitions.pick(draw, ({ state }) => state !== 'approved');
      if (one === undefined) return undefined;
      const { version, isStale } = seen(draw, one.version);
      const on = one.state === 'draft' ? 'submit' : draw.happens(900) ? 'approve' : 'reject';
      return {
        draft: { id: one.id, version, step: on } as const,
        about: one,
        isStale,
        done: (now: { readonly version: number }) => {
          one.version = now.version;
          one.state = on === 'submit' ? 'submitted' : 'approved';
          if (on === 'reject') world.requisitions.drop(one);
        },
      };
    },
    book: steerRequisitions,
  }),
  operation({
    name: 'requisition: order',
    share: 15,
    choose: ({ draw }) => {
      const one = world.requisitions.pick(draw, ({ state }) => state === 'approved');
      if (one === undefined) return undefined;
      const isAll = draw.happens(700);
      if (isAll && !isRude(draw)) world.requisitions.drop(one);
      const part = isAll ? {} : { quantity: pieces(draw.between(1, 4)) };
      return {
        draft: { requisition: one.id, line: 10, issuedOn: world.today, ...part },
        refused: () => world.requisitions.drop(one),
      };
    },
    book: orderRequisitions,
  }),
];

/** Orders. */
const orders = (world: World): readonly Operation[] => [
  operation({
    name: 'purchase order: write',
    share: 60,
    choose: ({ draw }) => {
      const supplier = draw.pick(world.founded.suppliers);
      const lines = ordered(world, draw);
      return {
        draft: { supplier, issuedOn: world.today, lines: lines.map(({ draft }) => draft) },
        done: ({ id }) =>
          world.purchases.add({
            id,
            party: supplier,
            version: 1,
            state: 'draft',
            lines: lines.map(({ line }) => line),
          }),
      };
    },
    book: createOrders,
  }),
  operation({
    name: 'purchase order: change',
    share: 20,
    choose: ({ draw }) => {
      const order = world.purchases.pick(draw, ({ state }) => state !== 'closed');
      if (order === undefined) return undefined;
      const { version, isStale } = seen(draw, order.version);
      const line = draw.pick(order.lines);
      const count = line.moved + draw.between(1, 30);
      return {
        draft: {
          id: order.id,
          version,
          lines: [{ line: line.number, quantity: pieces(count) }],
        },
        about: order,
        isStale,
        done: (now) => {
          line.ordered = count;
          stands(world, order, now.version, now.status);
        },
      };
    },
    book: changeOrders,
  }),
  step(world, 'issue', 65, ({ state }) => state === 'draft'),
  step(world, 'approve', 15, ({ state }) => state === 'waiting'),
  step(world, 'reject', 2, ({ state }) => state === 'waiting'),
  step(world, 'cancel', 3, ({ lines }) => lines.every(({ moved }) => moved === 0)),
  step(world, 'close', 3, ({ state }) => state === 'open'),
  step(world, 'reopen', 3, ({ state }) => state === 'closed'),
];

function step(
  world: World,
  name: 'issue' | 'approve' | 'reject' | 'cancel' | 'close' | 'reopen',
  share: number,
  fits: (order: Order) => boolean,
): Operation {
  return operation({
    name: `purchase order: ${name}`,
    share,
    choose: ({ draw }) => {
      const order = world.purchases.pick(draw, fits);
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

/** Receipts, there and back. */
const receipts = (world: World): readonly Operation[] => [
  operation({
    name: 'goods receipt',
    share: 110,
    makes: 'erp_purchasing.goods_receipt',
    choose: ({ draw }) => {
      const order = world.purchases.pick(
        draw,
        ({ state, lines }) => state === 'open' && lines.some((l) => l.ordered > l.moved),
      );
      if (order === undefined) return undefined;
      const { lines, done, refused } = someOf(draw, order);
      return {
        draft: {
          receivedOn: world.today,
          postedOn: world.day(draw),
          lines: lines.map(({ line, quantity }) => ({
            order: order.id,
            line: line.number,
            quantity: pieces(quantity),
            ...(draw.happens(50) ? { rejected: pieces(1), reason: 'scratched' } : {}),
          })),
        },
        done: ({ id }) => {
          done();
          const moved: Moved = { id, party: order.party, order, lines };
          world.receipts.add(moved);
          world.unbilled.add(moved);
          if (order.lines.every((line) => line.ordered <= line.moved)) {
            world.purchases.drop(order);
            world.bought.add(order);
          }
        },
        refused,
      };
    },
    book: postReceipts,
  }),
];

/** Goods that go back. */
const goingBack = (world: World): readonly Operation[] => [
  operation({
    name: 'goods receipt: send some back',
    share: 10,
    makes: 'erp_purchasing.goods_receipt',
    choose: ({ draw }) => {
      const from = world.receipts.pick(draw);
      if (from === undefined) return undefined;
      const { line, quantity } = draw.pick(from.lines);
      const count = pieces(draw.between(1, quantity));
      return {
        draft: {
          kind: 'return' as const,
          receivedOn: world.today,
          postedOn: world.day(draw),
          lines: [{ order: from.order.id, line: line.number, quantity: count, reason: 'rust' }],
        },
        refused: () => world.receipts.drop(from),
      };
    },
    book: postReceipts,
  }),
  operation({
    name: 'goods receipt: reverse',
    share: 6,
    makes: 'erp_purchasing.goods_receipt',
    choose: ({ draw }) => {
      const from = world.receipts.pick(draw);
      if (from === undefined) return undefined;
      if (!isRude(draw)) world.receipts.drop(from);
      return { draft: { id: from.id, on: world.today, reason: 'typed twice' } };
    },
    book: reverseReceipts,
  }),
];

/** All of it. */
export const buying = (world: World): readonly Operation[] => [
  ...requisitions(world),
  ...orders(world),
  ...receipts(world),
  ...goingBack(world),
];
