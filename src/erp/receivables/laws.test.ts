/**
 * Goal: whatever is sold, charged, given back, paid, bounced, written off and reminded of, by
 * however many at once, the laws hold.
 * Method: random commands against a real database, four people at a time; after each run what is
 * open is compared with the books, and what is charged with what has left. fast-check prints the
 * seed of a failure; RIALTO_RECEIVABLES_RUNS makes it longer.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Handle } from '#database';
import type { Result } from '#erp/company';
import { agingOf, allocate, listOpenItems, openOf, statementOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { postDeliveries } from '#erp/sales';
import { books } from '#erp/sales/testing';
import {
  compareDecimals,
  decimal,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { createDunningRun, decideDunningRun, executeDunningRun } from './dunning.ts';
import {
  cancelInvoices,
  findInvoices,
  postCreditNotes,
  postInvoices,
  postPayments,
  reversePayments,
  reverseWriteOffs,
  writeOff,
} from './index.ts';
import { context, delivered, march, openBench, orderNow, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_RECEIVABLES_RUNS'] ?? 10);
const PEOPLE = 4;
const ZERO = decimal('0');
const END = localDate('2026-12-31');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

/** What one run has made so far. */
type World = {
  readonly orders: string[];
  readonly deliveries: string[];
  readonly returns: string[];
  readonly invoices: string[];
  readonly credits: string[];
  readonly payments: string[];
  readonly writeOffs: string[];
};
type Step = { readonly what: What; readonly pick: number; readonly share: number };
type What = (typeof WHATS)[number];

const WHATS = [
  'sell',
  'deliver',
  'return',
  'charge',
  'charge-part',
  'credit',
  'credit-part',
  'credit-price',
  'credit-return',
  'cancel',
  'pay',
  'pay-early',
  'settle',
  'bounce',
  'let-go',
  'lose',
  'find-again',
  'remind',
] as const;
const days = { issuedOn: march(10), postedOn: march(10) };

const chosen = <T>(from: readonly T[], pick: number): T | undefined => from[pick % from.length];
const wholes = (share: number): Decimal => decimal(String((share % 9) + 1));
const partOf = (amount: Decimal, share: number): Decimal =>
  divideDecimals(multiplyDecimals(amount, decimal(String((share % 100) + 1))), decimal('100'), 2) ??
  ZERO;

const STEPS: Readonly<Record<What, (tx: Handle, world: World, step: Step) => Promise<unknown>>> = {
  sell: async () => undefined, // Its own transactions: see `take`.
  deliver: (tx, world, step) => move(tx, world, step, 'delivery'),
  return: (tx, world, step) => move(tx, world, step, 'return'),
  charge: async (tx, world, { pick }) => {
    const deliveries = [chosen(world.deliveries, pick) ?? ''];
    noted(world.invoices, await postInvoices(tx, context, [{ ...days, deliveries }]));
  },
  'charge-part': async (tx, world, { pick, share }) => {
    const order = { id: chosen(world.orders, pick) ?? '', line: 10 };
    const lines = [{ order, quantity: wholes(share) }];
    noted(world.invoices, await postInvoices(tx, context, [{ ...days, lines }]));
  },
  credit: (tx, world, { pick }) =>
    credit(tx, world, { invoice: chosen(world.invoices, pick) ?? '' }),
  'credit-part': (tx, world, { pick, share }) => {
    const invoice = chosen(world.invoices, pick) ?? '';
    return credit(tx, world, { corrections: [{ invoice, line: 1, quantity: wholes(share) }] });
  },
  'credit-price': (tx, world, { pick, share }) => {
    const invoice = chosen(world.invoices, pick) ?? '';
    const net = decimalOf(BigInt((share % 50) + 1), 2);
    return credit(tx, world, { corrections: [{ invoice, line: 1, net }] });
  },
  'credit-return': (tx, world, { pick }) =>
    credit(tx, world, { returns: [chosen(world.returns, pick) ?? ''] }),
  cancel: (tx, world, { pick }) =>
    cancelInvoices(tx, context, [
      { id: chosen([...world.invoices, ...world.credits], pick) ?? '', on: march(12), reason: 'x' },
    ]),
  pay: (tx, world, step) => pay(tx, world, step, false),
  'pay-early': (tx, world, step) => pay(tx, world, step, true),
  settle: async (tx, _world, { pick, share }) => {
    const open = await openItems(tx);
    const lowering = chosen(of(open, 'lowers'), pick);
    const raising = chosen(
      of(open, 'raises').filter(
        ({ party, currency }) => party === lowering?.party && currency === lowering.currency,
      ),
      share,
    );
    if (lowering === undefined || raising === undefined) return;
    const amount = partOf(openOf(lowering), share);
    const wish = { raising: raising.id, lowering: lowering.id, amount, on: march(14) };
    await allocate(tx, context, [wish]);
  },
  bounce: (tx, world, { pick }) =>
    reversePayments(tx, context, [
      { id: chosen(world.payments, pick) ?? '', on: march(16), reason: 'NSF' },
    ]),
  'let-go': async (tx, world, { pick }) => {
    const item = chosen(await openItems(tx), pick)?.id ?? '';
    const wish = { kind: 'small-difference', item, on: march(16), reason: 'coins' } as const;
    noted(world.writeOffs, await writeOff(tx, context, [wish]));
  },
  lose: async (tx, world, { pick, share }) => {
    const item = chosen(of(await openItems(tx), 'raises'), pick);
    if (item === undefined) return;
    const amount = partOf(openOf(item), share);
    const wish = { kind: 'bad-debt', item: item.id, amount, on: march(16), reason: 'x' } as const;
    noted(world.writeOffs, await writeOff(tx, context, [wish]));
  },
  'find-again': (tx, world, { pick }) =>
    reverseWriteOffs(tx, context, [
      { id: chosen(world.writeOffs, pick) ?? '', on: march(18), reason: 'paid' },
    ]),
  remind: async (tx, _world, { share }) => {
    const on = localDate(`2026-0${5 + (share % 4)}-01`);
    const made = await createDunningRun(tx, context, { on });
    if (!made.ok) return;
    const { id } = made.value;
    const boss = { ...context, by: 'bob' };
    await decideDunningRun(tx, boss, { id, version: 1, decision: 'approve' });
    valueOf(await executeDunningRun(tx, context, { id, version: 2 }));
  },
};

function noted(into: string[], results: readonly Result<{ readonly id: string }>[]): void {
  into.push(...results.flatMap((each) => (each.ok ? [each.value.id] : [])));
}

const openItems = (tx: Handle) =>
  listOpenItems(tx, { legalEntity: 'DE01', side: 'receivable', state: 'open', limit: 1000 });
const of = (items: readonly OpenItem[], effect: OpenItem['effect']) =>
  items.filter((item) => item.effect === effect);

async function move(
  tx: Handle,
  world: World,
  ...[{ pick, share }, kind]: readonly [step: Step, kind: 'delivery' | 'return']
): Promise<void> {
  const order = chosen(world.orders, pick) ?? '';
  const lines = [{ order, line: 10, quantity: wholes(share) }];
  const draft = { kind, shippedOn: march(9), postedOn: march(9), lines };
  const into = kind === 'return' ? world.returns : world.deliveries;
  noted(into, await postDeliveries(tx, context, [draft]));
}

async function credit(tx: Handle, world: World, draft: object): Promise<void> {
  noted(world.credits, await postCreditNotes(tx, context, [{ ...days, reason: 'x', ...draft }]));
}

/** Pays some of two items of one customer, or too much. */
async function pay(
  tx: Handle,
  world: World,
  ...[{ pick, share }, early]: readonly [step: Step, early: boolean]
): Promise<void> {
  const open = of(await openItems(tx), 'raises');
  const first = chosen(open, pick);
  if (first === undefined) return;
  const { party: customer, currency } = first;
  const items = open.filter((each) => each.party === customer && each.currency === currency);
  const parts = items.slice(0, 2).map((item) => {
    const settled = partOf(openOf(item), early ? 99 : share);
    const discount = early ? decimalOf(BigInt(share % 3), 2) : ZERO;
    return { item: item.id, amount: settled, discount: share % 2 === 0 ? ZERO : discount };
  });
  const amount = sumDecimals([...parts.map((each) => each.amount), decimal('0.05')]);
  const bank = { bankAccount: 'MAIN', grantsDiscount: true };
  const paidOn = march(early ? 11 : 17);
  const draft = { customer, currency, paidOn, amount, parts, ...bank };
  noted(world.payments, await postPayments(tx, context, [draft]));
}

async function take(world: World, step: Step): Promise<void> {
  if (step.what !== 'sell') {
    await bench.run((tx) => STEPS[step.what](tx, world, step));
    return;
  }
  const customer = step.pick % 3 === 0 ? bench.foreign : bench.customer;
  const price = decimalOf(BigInt(500 + step.share * 7), 2);
  const made = await delivered(bench, String(wholes(step.share)), {
    ordered: '40',
    price,
    customer,
  });
  world.orders.push(made.order);
  world.deliveries.push(made.delivery);
}

/** What is open is what the books say, in all and on each customer's statement. */
async function keepsBooks(): Promise<void> {
  const all = await books(bench);
  expect(compareDecimals(sumDecimals(Object.values(all)), ZERO)).toBe(0);
  await bench.run(async (tx) => {
    const aged = await agingOf(tx, { legalEntity: 'DE01', side: 'receivable', asOf: END });
    const owed = sumDecimals(aged.map(({ total }) => total));
    expect(compareDecimals(owed, all['Trade receivables'] ?? ZERO)).toBe(0);
    const open = await openItems(tx);
    for (const party of [bench.customer, bench.foreign]) {
      const { balances } = await statementOf(tx, {
        legalEntity: 'DE01',
        side: 'receivable',
        party,
        from: march(1),
        to: END,
      });
      for (const { currency, closing } of balances) {
        const own = open.filter((item) => item.party === party && item.currency === currency);
        const left = own.map((item) =>
          item.effect === 'raises' ? openOf(item) : negateDecimal(openOf(item)),
        );
        expect(compareDecimals(sumDecimals(left), closing)).toBe(0);
      }
    }
  });
}

/** What is charged of an order: its invoices that stand, less what was given back. */
async function chargedOf(tx: Handle, world: World, order: string): Promise<Decimal> {
  const documents = await findInvoices(tx, [...world.invoices, ...world.credits]);
  const standing = [...documents.values()].filter(({ cancelledOn }) => cancelledOn === null);
  return sumDecimals(
    standing.flatMap(({ kind, lines }) =>
      lines
        .filter((line) => line.order === order)
        .map(({ quantity }) => quantity ?? ZERO)
        .map((quantity) => (kind === 'invoice' ? quantity : negateDecimal(quantity))),
    ),
  );
}

/** After charging what is left and giving back what came back, delivered is charged. */
async function keepsQuantities(world: World): Promise<void> {
  for (const id of world.orders) {
    await bench.run(async (tx) => {
      const [line] = (await orderNow(tx, id)).lines;
      expect(compareDecimals(await chargedOf(tx, world, id), line?.invoiced ?? ZERO)).toBe(0);
    });
  }
  for (const id of world.returns) await bench.run((tx) => credit(tx, world, { returns: [id] }));
  for (const order of world.orders) {
    await bench.run(async (tx) => {
      noted(world.invoices, await postInvoices(tx, context, [{ ...days, orders: [order] }]));
      const [line] = (await orderNow(tx, order)).lines;
      expect([order, line?.invoiced]).toEqual([order, line?.delivered]);
    });
  }
}

const story = fc.array(
  fc.record({
    what: fc.constantFrom(...WHATS),
    pick: fc.nat(99),
    share: fc.nat(99),
  }),
  { minLength: 8, maxLength: 24 },
);

test('whatever is charged and settled, open items are the books and what left is charged', async () => {
  const done = { charged: 0, settled: 0 };
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const lists = Array.from({ length: 7 }, (): string[] => []);
      const [orders = [], deliveries = [], returns = [], invoices = []] = lists;
      const [credits = [], payments = [], writeOffs = []] = lists.slice(4);
      const world = { orders, deliveries, returns, invoices, credits, payments, writeOffs };
      const begin = { pick: 1, share: 8 };
      await take(world, { what: 'sell', ...begin });
      await take(world, { what: 'charge', ...begin });
      for (let at = 0; at < steps.length; at += PEOPLE) {
        await Promise.all(steps.slice(at, at + PEOPLE).map((step) => take(world, step)));
      }
      await keepsBooks();
      await keepsQuantities(world);
      await keepsBooks();
      done.charged += invoices.length;
      done.settled += payments.length;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(done.charged).toBeGreaterThan(RUNS); // Not everything was refused.
}, 600_000);
