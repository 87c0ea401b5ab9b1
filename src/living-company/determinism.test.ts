/** The same plan in two installations; and an installation that somebody keeps books in already. */
import { expect, test } from 'vitest';
import { transact } from '#database';
import type { Database } from '#database';
import { createLegalEntity } from '#erp/company';
import { RialtoError } from '#kernel';
import { instantOf, localDate } from '#kernel/time';
import { readCompany } from './company-state.ts';
import { openInstallation, outcomeOf } from './testing.ts';
import type { Plan } from './world/plan.ts';
import { writeHistory } from './write-history.ts';

const PLAN: Plan = { size: 'small', seed: 11, startedOn: localDate('2024-10-01') };
const UNTIL = localDate('2024-10-20');
const clock = () => instantOf(1_770_000_000_000);

async function written(): Promise<string> {
  const database = await openInstallation();
  try {
    await writeHistory({ database, clock }, { plan: PLAN, until: UNTIL, by: 'ada' });
    return await outcomeOf(database, UNTIL);
  } finally {
    await database.close();
  }
}

test('the same seed gives the same truth, byte for byte, and the same sums', async () => {
  const [one, other] = [await written(), await written()];
  expect(one.length).toBeGreaterThan(500);
  expect(other).toEqual(one);
});

async function refusalOf(database: Database): Promise<string> {
  try {
    await writeHistory({ database, clock }, { plan: PLAN, until: UNTIL, by: 'ada' });
  } catch (error) {
    if (error instanceof RialtoError) return error.code;
    throw error;
  }
  return 'it was written';
}

test('it does not write into books that are there, and leaves nothing behind', async () => {
  const database = await openInstallation();
  try {
    await transact(database, (tx) =>
      createLegalEntity(
        tx,
        { clock, by: 'ada' },
        { code: 'NWCH', name: 'Ours', country: 'CH', currency: 'CHF', timeZone: 'Europe/Zurich' },
      ),
    );
    expect(await refusalOf(database)).toBe('living-company.books-exist');
    expect(await readCompany(database.kysely)).toBeUndefined();
  } finally {
    await database.close();
  }
});
