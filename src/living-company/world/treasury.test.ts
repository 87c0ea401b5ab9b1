/** What the treasury is told that a month needs in other currencies. */
import { expect, test } from 'vitest';
import { localDate } from '#kernel/time';
import { openWorld } from './world.ts';

test('once a month, on its first working day, it is told what purchases in other currencies come to', () => {
  const world = openWorld({ size: 'small', seed: 7, startedOn: localDate('2024-01-01') });
  const looked = Array.from({ length: 366 }, () => world.live().entities)
    .flat()
    .filter(({ entity }) => entity === 'NWDE')
    .flatMap(({ on, intents }) =>
      intents.flatMap((each) =>
        each.kind === 'bank-statement' && each.needed !== undefined
          ? [{ on, needed: new Map(each.needed.map(({ currency, amount }) => [currency, amount])) }]
          : [],
      ),
    );
  expect(looked.map(({ on }) => on.slice(5))).toEqual(
    ['01-01', '02-01', '03-01', '04-01', '05-01', '06-03'].concat([
      '07-01',
      '08-01',
      '09-02',
      '10-01',
      '11-01',
      '12-02',
    ]),
  );
  const bought = looked.map(({ needed }) => needed.get('USD') ?? 0);
  expect(Math.min(...bought)).toBeGreaterThan(500_000); // It has suppliers who want dollars,
  expect(looked.map(({ needed }) => needed.get('GBP'))).toEqual(looked.map(() => 0)); // and none pounds.
});
