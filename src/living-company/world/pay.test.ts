/** What is paid twice, and what comes back of it. */
import { expect, test } from 'vitest';
import { addDays, isoWeekday, localDate } from '#kernel/time';
import type { Plan } from './plan.ts';
import { openWorld } from './world.ts';

const PLAN: Plan = { size: 'small', seed: 7, startedOn: localDate('2024-01-01') };
const DAYS = 365 * 3;
const [EARLIEST, LATEST] = [28, 65]; // Days; one that falls on a weekend is told on Monday.

test('most of what is paid twice is sent back within twenty to forty-five working days, once', () => {
  const world = openWorld(PLAN);
  const days = Array.from({ length: DAYS }, () => world.live().entities).flat();
  const done = days.flatMap(({ entity, intents }) => intents.map((each) => ({ entity, ...each })));
  const paid = new Map<string, { readonly on: string; readonly supplier: string }>(
    done.flatMap((each) =>
      each.kind === 'supplier-advance' ? [[`${each.entity} ${each.key}`, each] as const] : [],
    ),
  );
  const back = new Set<string>();
  const told = done.flatMap((each) => (each.kind === 'bank-statement' ? [each] : []));
  for (const { entity, on, sentBack } of told) {
    for (const { supplier, advance } of sentBack) {
      const key = `${entity} ${advance}`;
      const advanced = paid.get(key);
      expect(advanced?.supplier).toBe(supplier);
      expect(back.has(key)).toBe(false);
      expect((advanced?.on ?? '') <= addDays(on, -EARLIEST)).toBe(true);
      expect((advanced?.on ?? '') >= addDays(on, -LATEST)).toBe(true);
      expect(isoWeekday(on)).toBeLessThan(6);
      back.add(key);
    }
  }
  const until = addDays(PLAN.startedOn, DAYS - LATEST);
  const noticed = [...paid].filter(([, { on }]) => on < until).map(([key]) => back.has(key));
  expect(noticed.length).toBeGreaterThan(25);
  const share = noticed.filter(Boolean).length / noticed.length;
  expect(share).toBeGreaterThan(0.7);
  expect(share).toBeLessThan(1);
});
