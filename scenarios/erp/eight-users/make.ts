/** What is planned, released, sawn, finished, taken into stock and closed. */
import {
  cancelWorkOrders,
  closeWorkOrders,
  createWorkOrders,
  postConfirmations,
  postIssues,
  postReceipts,
  releaseWorkOrders,
  reversePostings,
} from '#erp/production';
import { parseInstant } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { assert } from '#kernel';
import { operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { isRude, pieces, seen } from './world.ts';
import type { Work, World } from './world.ts';

const POSTING = 'erp_production.posting';

function hourOf(on: LocalDate) {
  const [startedAt, endedAt] = ['08', '09'].map((hour) => parseInstant(`${on}T${hour}:00:00Z`));
  assert(startedAt !== undefined && endedAt !== undefined, 'a day has hours');
  return { startedAt, endedAt };
}

const isAtWork = ({ state }: Work): boolean => state === 'released';

/** Orders: planned, released, given up, closed. */
const orders = (world: World): readonly Operation[] => [
  operation({
    name: 'work order: plan',
    share: 25,
    makes: 'erp_production.work_order',
    choose: ({ draw }) => {
      const quantity = draw.between(2, 10);
      const day = world.today;
      return {
        draft: {
          item: draw.pick(world.founded.products),
          quantity: pieces(quantity),
          warehouse: world.founded.warehouses[0] ?? '',
          plannedStartOn: day,
          plannedEndOn: day,
        },
        done: ({ id }: { readonly id: string }) => {
          const none = { sawn: 0, finished: 0, received: 0 };
          world.works.add({ id, quantity, version: 1, state: 'planned', ...none });
        },
      };
    },
    book: createWorkOrders,
  }),
  operation({
    name: 'work order: release',
    share: 28,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, ({ state }) => state === 'planned');
      if (work === undefined) return undefined;
      const { version, isStale } = seen(draw, work.version);
      return {
        draft: { id: work.id, version },
        about: work,
        isStale,
        done: (now: { readonly version: number }) => {
          work.version = now.version;
          work.state = 'released';
        },
      };
    },
    book: releaseWorkOrders,
  }),
  operation({
    name: 'work order: cancel',
    share: 2,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, ({ sawn }) => sawn === 0);
      if (work === undefined) return undefined;
      return {
        draft: { id: work.id, version: work.version },
        done: () => world.works.drop(work),
      };
    },
    book: cancelWorkOrders,
  }),
  operation({
    name: 'work order: close',
    share: 18,
    makes: POSTING,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, (one) => isAtWork(one) && one.received >= one.quantity);
      if (work === undefined) return undefined;
      if (!isRude(draw)) world.works.drop(work);
      return { draft: { id: work.id, on: world.today } };
    },
    book: closeWorkOrders,
  }),
];

function confirm(world: World, step: 'sawn' | 'finished', share: number): Operation {
  const before = (work: Work): number => (step === 'sawn' ? work.quantity : work.sawn);
  return operation({
    name: `work order: confirm ${step}`,
    share,
    makes: POSTING,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, (one) => isAtWork(one) && before(one) > one[step]);
      if (work === undefined) return undefined;
      const most = before(work) - work[step];
      const good = draw.happens(600) ? most : draw.between(1, most);
      const isClaimed = !isRude(draw);
      if (isClaimed) work[step] += good;
      const on = world.day(draw);
      return {
        draft: {
          order: work.id,
          operation: step === 'sawn' ? 10 : 20,
          good: pieces(good),
          runSeconds: 60 * good,
          ...hourOf(on),
          postedOn: on,
        },
        done: ({ id }: { readonly id: string }) => {
          if (!isClaimed) work[step] += good;
          world.postings.add({ id });
        },
        refused: () => {
          if (isClaimed) work[step] -= good;
        },
      };
    },
    book: postConfirmations,
  });
}

/** What is done on them. */
const postings = (world: World): readonly Operation[] => [
  confirm(world, 'sawn', 45),
  confirm(world, 'finished', 45),
  operation({
    name: 'work order: issue steel by hand',
    share: 10,
    makes: POSTING,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, isAtWork);
      if (work === undefined) return undefined;
      const quantity = pieces(draw.happens(700) ? 1 : -1);
      return {
        draft: { order: work.id, postedOn: world.day(draw), lines: [{ component: 10, quantity }] },
        done: ({ id }: { readonly id: string }) => world.postings.add({ id }),
      };
    },
    book: postIssues,
  }),
  operation({
    name: 'work order: take into stock',
    share: 45,
    makes: POSTING,
    choose: ({ draw }) => {
      const work = world.works.pick(draw, (one) => isAtWork(one) && one.finished > one.received);
      if (work === undefined) return undefined;
      const count = work.finished - work.received;
      const isClaimed = !isRude(draw);
      if (isClaimed) work.received += count;
      return {
        draft: { order: work.id, quantity: pieces(count), postedOn: world.day(draw) },
        done: ({ id }: { readonly id: string }) => {
          if (!isClaimed) work.received += count;
          world.postings.add({ id });
        },
        refused: () => {
          if (isClaimed) work.received -= count;
        },
      };
    },
    book: postReceipts,
  }),
  operation({
    name: 'work order: reverse a posting',
    share: 8,
    makes: POSTING,
    choose: ({ draw }) => {
      const one = world.postings.pick(draw);
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.postings.drop(one);
      return { draft: { id: one.id, on: world.today, reason: 'other order' } };
    },
    book: reversePostings,
  }),
];

/** All of it. */
export const making = (world: World): readonly Operation[] => [
  ...orders(world),
  ...postings(world),
];
