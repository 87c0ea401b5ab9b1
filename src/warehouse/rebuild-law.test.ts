import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedChange } from './change.ts';
import { contentOf, exampleLog, item, line, order, supplier } from './example-log.ts';
import type { ExampleLog } from './example-log.ts';
import { openWarehouse } from './open-warehouse.ts';
import type { Warehouse } from './open-warehouse.ts';
import { starHash } from './star-hash.ts';

type Step = (log: ExampleLog) => void;

const keys = fc.constantFrom('1', '2', '3');
const amounts = fc
  .bigInt({ min: 0n, max: 10n ** 12n })
  .map((units) => `${units / 100n}.${units % 100n}`);

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(keys, fc.boolean()).map(
    ([key, preferred]): Step =>
      (log) =>
        log.put('supplier', key, supplier({ name: `Supplier ${key}`, preferred })),
  ),
  fc.tuple(keys, fc.array(keys, { maxLength: 3 }), amounts).map(
    ([key, suppliers, amount]): Step =>
      (log) =>
        log.put(
          'item',
          key,
          item({
            supplierItems: suppliers.map((entry) => ({
              supplier: entry,
              standardPrice: { amount, currency: 'USD' },
            })),
          }),
        ),
  ),
  fc.tuple(keys, keys, fc.array(keys, { minLength: 1, maxLength: 3 }), amounts).map(
    ([key, from, items, amount]): Step =>
      (log) =>
        log.put(
          'purchase-order',
          key,
          order({
            supplier: from,
            netAmount: amount,
            lines: items.map((entry, at) =>
              line({ number: `${at}`, item: entry, netAmount: amount }),
            ),
          }),
        ),
  ),
  fc.tuple(keys, amounts).map(
    ([key, amount]): Step =>
      (log) =>
        log.put(
          'exchange-rate',
          key,
          contentOf('exchange-rate', {
            from: 'USD',
            to: 'EUR',
            type: 'average',
            validOn: '2025-01-31',
            rate: amount,
          }),
        ),
  ),
  fc.tuple(fc.constantFrom('supplier', 'item', 'purchase-order', 'exchange-rate'), keys).map(
    ([kind, key]): Step =>
      (log) => {
        log.remove(kind, key);
      },
  ),
);

async function* pagesOf(changes: readonly LoggedChange[]): AsyncGenerator<readonly LoggedChange[]> {
  await Promise.resolve();
  if (changes.length > 0) yield changes;
}

describe('the star', () => {
  it('is the same however the log is cut, and when it is built from nothing', async () => {
    const settings = { file: ':memory:', memoryLimitMb: 128, fiscalYearStartMonth: 1 };
    const piecewise = await openWarehouse(settings);
    const whole = await openWarehouse(settings);
    const compare = async (log: ExampleLog, cuts: readonly number[]): Promise<void> => {
      await piecewise.reset();
      await applyInPieces(piecewise, log.changes, cuts);
      await whole.replaceAll(pagesOf(log.changes));
      expect(await starHash(piecewise)).toEqual(await starHash(whole));
      expect(await piecewise.position()).toBe(await whole.position());
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
        async (story, cuts) => {
          const log = exampleLog();
          for (const step of story) step(log);
          await compare(log, cuts);
        },
      ),
      { numRuns: 25 },
    );
    await piecewise.close();
    await whole.close();
  });
});

/** Cuts in batches of the given sizes, over and over; each batch repeats the one before. */
async function applyInPieces(
  warehouse: Warehouse,
  changes: readonly LoggedChange[],
  cuts: readonly number[],
): Promise<void> {
  let from = 0;
  for (let turn = 0; from < changes.length; turn += 1) {
    const size = cuts[turn % cuts.length] ?? 1;
    await warehouse.apply(changes.slice(Math.max(0, from - 2), from + size));
    from += size;
  }
}
