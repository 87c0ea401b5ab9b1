import type { Handle } from '#database';
import { setExchangeRates } from '#erp/company';
import { assert } from '#kernel';
import { decimalOf } from '#kernel/decimal';
import { parseInstant } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';
import type { Documents } from '../documents.ts';
import type { Label } from '../world/intent.ts';
import type { LivedDay, World } from '../world/world.ts';
import { documentOf } from './desk.ts';
import type { Desk, Noted } from './desk.ts';
import type { Names } from './names.ts';
import { truthLine } from './truth.ts';

/** What is kept in mind while days are booked. */
export type Memory = {
  readonly names: Names;
  readonly documents: Documents;
  readonly refused: Map<string, number>;
};

/**
 * Opens a desk for a legal entity; what is booked there is written down at a moment, or, where the days are
 * past, each at noon of the day it bears.
 */
export function openDesk(
  tx: Handle,
  world: World,
  memory: Memory,
  of: { readonly trade: Desk['trade']; readonly at: Instant; readonly isPast?: boolean },
): Desk {
  const { code } = of.trade.entity;
  return {
    tx,
    context: {
      clock: () => of.at,
      by: 'erp',
      legalEntity: code,
      ...(of.isPast === true ? { writtenOn: noonOf } : {}),
    },
    trade: of.trade,
    catalogue: world.catalogue,
    names: memory.names,
    before: memory.documents.get(code) ?? new Map<string, Noted>(),
    noted: new Map(),
    refused: new Map(),
  };
}

/** Remembers what was booked at a desk, once it is sure. */
export function remember(memory: Memory, { noted, refused, trade }: Desk): void {
  const { code } = trade.entity;
  const own = memory.documents.get(code) ?? new Map<string, Noted>();
  memory.documents.set(code, own);
  for (const [key, document] of noted) own.set(key, document);
  countRefused(memory, refused);
}

/** Counts what was refused, by its code. */
export function countRefused(
  memory: Pick<Memory, 'refused'>,
  refused: Iterable<readonly [string, number]>,
): void {
  for (const [why, count] of refused) {
    memory.refused.set(why, (memory.refused.get(why) ?? 0) + count);
  }
}

/** How often what was refused, with what is refused at desks. */
export function refusedWith(memory: Memory, desks: readonly Desk[]): Record<string, number> {
  const all = { refused: new Map(memory.refused) };
  for (const { refused } of desks) countRefused(all, refused);
  return Object.fromEntries(all.refused);
}

/** Labels as lines of the truth file. */
export const tellTruth = (desk: Desk, labels: readonly Label[]): readonly string[] =>
  labels.map((label) => truthLine(desk.trade.entity.code, label, (key) => documentOf(desk, key)));

/** Keeps the exchange rates of days. */
export async function keepRates(tx: Handle, days: readonly LivedDay[]): Promise<void> {
  const rates = days.flatMap((day) =>
    day.rates.map(({ currency, on, type, tenThousandths }) => ({
      from: 'EUR',
      to: currency,
      type,
      validOn: on,
      rate: decimalOf(BigInt(tenThousandths), 4),
    })),
  );
  if (rates.length > 0) await setExchangeRates(tx, rates);
}

const noons = new Map<LocalDate, Instant>(); // A history asks for the same thousand days by the million.
const NOONS_MAX = 5_000;

/** The middle of a day, UTC. */
export function noonOf(on: LocalDate): Instant {
  const known = noons.get(on);
  if (known !== undefined) return known;
  const noon = parseInstant(`${on}T12:00:00Z`);
  assert(noon !== undefined, 'a day has a noon');
  if (noons.size >= NOONS_MAX) noons.clear();
  noons.set(on, noon);
  return noon;
}
