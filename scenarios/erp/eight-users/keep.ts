/** What is found, scrapped, moved, blocked, reserved and counted in warehouses. */
import {
  adjustStock,
  cancelCount,
  changeStatus,
  listCounts,
  openCount,
  postCount,
  recordCount,
  release,
  reserve,
  reverseDocuments,
  scrapStock,
  transferStock,
} from '#erp/inventory';
import type { Result } from '#erp/company';
import { assert } from '#kernel';
import type { Draw } from '#kernel';
import { addDecimals } from '#kernel/decimal';
import { inTransaction, operation } from './operation.ts';
import type { Operation, User } from './operation.ts';
import type { Tally } from './tally.ts';
import { isRude, money, pieces } from './world.ts';
import type { World } from './world.ts';

const DOCUMENT = 'erp_inventory.document';

/** Some place where there may be stock, and a few pieces. */
function place(world: World, draw: Draw, most = 5) {
  const { goods, lastOne, steel, products, warehouses } = world.founded;
  const item = draw.pick([...goods, ...goods, lastOne, steel, ...products]);
  // What many want is neither counted nor scrapped where it is sold.
  const isMain = item !== lastOne && draw.happens(700);
  const warehouse = isMain ? (warehouses[0] ?? '') : draw.pick(warehouses.slice(1));
  return { item, warehouse, quantity: pieces(item === lastOne ? 1 : draw.between(1, most)) };
}

/** One of the few pieces with numbers, at a place where it may be. */
function piece(world: World, draw: Draw) {
  const { numbered, warehouses } = world.founded;
  const serials = [`M-${draw.between(1, 12)}`];
  return { item: numbered, warehouse: draw.pick(warehouses), serials };
}

const said = (world: World, draw: Draw) => ({ postedOn: world.day(draw), text: 'seen' });
const noted = (world: World) => (value: { readonly id: string }) =>
  world.documents.add({ id: value.id });

/** Documents of stock. */
const documents = (world: World): readonly Operation[] => [
  operation({
    name: 'stock: adjust',
    share: 40,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const { quantity, ...at } = place(world, draw, 12);
      const isMore = draw.happens(650);
      const line = isMore
        ? { ...at, quantity, unitCost: money(draw.between(300, 2000)) }
        : { ...at, quantity: pieces(-1) };
      return { draft: { ...said(world, draw), lines: [line] }, done: noted(world) };
    },
    book: adjustStock,
  }),
  operation({
    name: 'stock: scrap',
    share: 15,
    makes: DOCUMENT,
    choose: ({ draw }) => ({
      draft: { ...said(world, draw), lines: [place(world, draw, 2)] },
      done: noted(world),
    }),
    book: scrapStock,
  }),
  operation({
    name: 'stock: transfer',
    share: 30,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const toWarehouse = draw.pick(world.founded.warehouses);
      const line = { ...place(world, draw), toWarehouse };
      return { draft: { ...said(world, draw), lines: [line] }, done: noted(world) };
    },
    book: transferStock,
  }),
  operation({
    name: 'stock: block, free',
    share: 20,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const [status, to] = draw.happens(500)
        ? (['free', 'blocked'] as const)
        : (['blocked', 'free'] as const);
      const line = { ...place(world, draw, 2), status, to };
      return { draft: { ...said(world, draw), lines: [line] }, done: noted(world) };
    },
    book: changeStatus,
  }),
  operation({
    name: 'stock: reverse a document',
    share: 10,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const one = world.documents.pick(draw);
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.documents.drop(one);
      return { draft: { id: one.id, postedOn: world.today, text: 'typed wrongly' } };
    },
    book: reverseDocuments,
  }),
];

/** Pieces with serial numbers, which few enough are for people to want the same. */
const numbered = (world: World): readonly Operation[] => [
  operation({
    name: 'stock: a piece comes or goes',
    share: 12,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const line = draw.happens(600)
        ? { ...piece(world, draw), quantity: pieces(1), unitCost: money(draw.between(300, 2000)) }
        : { ...piece(world, draw), quantity: pieces(-1) };
      return { draft: { ...said(world, draw), lines: [line] }, done: noted(world) };
    },
    book: adjustStock,
  }),
  operation({
    name: 'stock: a piece goes elsewhere',
    share: 8,
    makes: DOCUMENT,
    choose: ({ draw }) => {
      const toWarehouse = draw.pick(world.founded.warehouses);
      const line = { ...piece(world, draw), quantity: pieces(1), toWarehouse };
      return { draft: { ...said(world, draw), lines: [line] }, done: noted(world) };
    },
    book: transferStock,
  }),
];

/** Stock that is kept for somebody. */
const reservations = (world: World): readonly Operation[] => [
  operation({
    name: 'stock: reserve',
    share: 20,
    choose: ({ draw }) => ({
      draft: {
        ...place(world, draw, 3),
        partial: draw.happens(500),
        source: { area: 'scenario', kind: 'wish', id: 'w', line: '1' },
      },
      done: ({ id }: { readonly id: string }) => world.reservations.add({ id }),
    }),
    book: reserve,
  }),
  operation({
    name: 'stock: release',
    share: 22,
    choose: ({ draw }) => {
      const one = world.reservations.pick(draw);
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.reservations.drop(one);
      return { draft: one.id };
    },
    book: release,
  }),
];

/** Somebody freezes an item, counts it and posts what differs, or gives up: three steps. */
const count = (world: World): Operation => ({
  name: 'stock: count',
  share: 8,
  take: (user, _many, tally) => countOnce(world, user, tally),
});

async function countOnce(world: World, user: User, tally: Tally): Promise<void> {
  const { draw, context } = user;
  const { item, warehouse } = place(world, draw);
  const note = (result: Result<unknown>): void => {
    if (result.ok) tally.accepted('stock: count');
    else tally.refused('stock: count', result.problem.code);
  };
  const opened = await inTransaction(user, tally, (tx) =>
    openCount(tx, context, { warehouse, items: [item] }),
  );
  note(opened);
  if (!opened.ok) return;
  const state = { id: opened.value.id, version: opened.value.version };
  if (draw.happens(150)) {
    note(await inTransaction(user, tally, (tx) => cancelCount(tx, context, state)));
    return;
  }
  const recorded = await inTransaction(user, tally, async (tx) => {
    const [frozen] = await listCounts(tx, { ids: [state.id], limit: 1 });
    const lines = (frozen?.lines ?? []).map(({ line, expected }) => {
      const there = expected.startsWith('-') ? pieces(0) : expected; // Nobody counts less than none.
      const more = draw.happens(700) ? 0 : draw.between(0, 2);
      return { line, counted: addDecimals(there, pieces(more)) };
    });
    return await recordCount(tx, context, { ...state, countedOn: world.today, lines });
  });
  note(recorded);
  assert(recorded.ok, 'who counts writes down what he counted');
  const { version } = recorded.value;
  const posted = await inTransaction(user, tally, (tx) =>
    postCount(tx, context, { id: state.id, version, postedOn: world.day(draw) }),
  );
  note(posted);
  if (posted.ok && posted.value.document !== undefined) tally.made(DOCUMENT, 1);
  if (posted.ok) return;
  const given = await inTransaction(user, tally, (tx) =>
    cancelCount(tx, context, { id: state.id, version }),
  );
  note(given);
}

/** All of it. */
export const keeping = (world: World): readonly Operation[] => [
  ...documents(world),
  ...numbered(world),
  ...reservations(world),
  count(world),
];
