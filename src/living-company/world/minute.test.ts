/** When within its day something happens: what live trading books it by. */
import { expect, test } from 'vitest';
import { localDate } from '#kernel/time';
import type { Intent } from './intent.ts';
import { minuteOf } from './minute.ts';
import { openWorld } from './world.ts';

const DAYS = 400;

/** What each legal entity does on each day. */
function* lived(): Generator<readonly Intent[]> {
  const world = openWorld({ size: 'small', seed: 7, startedOn: localDate('2024-01-01') });
  for (let left = DAYS; left > 0; left -= 1) {
    for (const { intents } of world.live().entities) yield intents;
  }
}

const wordsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
};

/** What names another thing of its day, with that. */
function* standing(): Generator<readonly [Intent, on: Intent]> {
  for (const intents of lived()) {
    const byKey = new Map(intents.map((intent) => [intent.key, intent]));
    yield* intents.flatMap((intent) => {
      const named = wordsIn(intent).map((word) => byKey.get(word) ?? intent);
      return named.filter((on) => on !== intent).map((on) => [intent, on] as const);
    });
  }
}

test('what names another thing of its day happens no earlier than that', () => {
  const seen = new Set<string>();
  for (const [intent, on] of standing()) {
    seen.add(`${intent.kind} of ${on.kind}`);
    expect(minuteOf(intent)).toBeGreaterThanOrEqual(minuteOf(on));
  }
  expect([...seen]).toContain('customer-invoice of delivery');
});

test.each([
  ['receipt', 'supplier-invoice'],
  ['withdrawal', 'supplier-invoice'],
  ['receipt', 'delivery'],
  ['confirmation', 'delivery'],
  ['supplier-invoice', 'payment-run'],
  ['free-invoice', 'payment-run'],
  ['time-sheet', 'progress'],
  ['progress', 'milestone'],
  ['change-order', 'project-bill'],
  ['project-bill', 'complete-project'],
  ['delivery', 'stock-count'],
  ['customer-payment', 'bank-statement'],
])('of a day, each %s happens before any %s', (first, then) => {
  let days = 0;
  for (const intents of lived()) {
    const minutesOf = (kind: string): number[] =>
      intents.filter((intent) => intent.kind === kind).map(minuteOf);
    const [early, late] = [minutesOf(first), minutesOf(then)];
    if (early.length === 0 || late.length === 0) continue;
    days += 1;
    expect(Math.max(...early)).toBeLessThanOrEqual(Math.min(...late));
  }
  expect(days).toBeGreaterThan(0);
});
