/** A company that trades on day by day, and after a restart. */
import { expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { parseInstant, localDate, systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { endHistory, readCompany } from './company-state.ts';
import { openLife } from './live.ts';
import { brokenBooks, openInstallation } from './testing.ts';
import { minuteOf } from './world/minute.ts';
import type { Plan } from './world/plan.ts';
import { openWorld } from './world/world.ts';
import { foundCompany, goOnWriting, writeHistory } from './write-history.ts';

const PLAN: Plan = { size: 'small', seed: 5, startedOn: localDate('2024-10-01') };
const at =
  (text: string): Clock =>
  () =>
    parseInstant(`2024-10-${text}Z`) ?? systemClock();

/** Orders that customers have placed, in the ERP and in a world lived up to a moment. */
async function ordersIn(database: Database): Promise<number> {
  const [found] = await rows<{ count: string }>(
    database.kysely,
    sql`select count(*)::text as count from erp_sales.sales_order`,
  );
  return Number(found?.count);
}

function ordersUpTo(day: number, minute: number): number {
  const world = openWorld(PLAN);
  const lived = Array.from({ length: day }, () => world.live().entities);
  return lived
    .flatMap((entities, index) =>
      entities.flatMap(({ intents }) =>
        intents.filter((intent) => index < day - 1 || minuteOf(intent) < minute),
      ),
    )
    .filter(({ kind }) => kind === 'sales-order').length;
}

test('it trades on from where it stands, minute by minute, once each, also after a restart', async () => {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate('2024-10-13'), by: 'ada' };
    await writeHistory({ database, clock: at('14T00:00:00') }, wish);
    let now = '14T10:00:00';
    const clock: Clock = () => at(now)();
    const life = await openLife({ database, clock });
    const morning = await life.step();
    expect(morning).toBeGreaterThan(0);
    expect(await life.step()).toBe(0);
    expect(await ordersIn(database)).toBe(ordersUpTo(14, 600));
    expect(await readCompany(database.kysely)).toMatchObject({
      livedUntil: '2024-10-13',
      livedMinute: 600,
    });
    now = '16T09:30:00';
    const again = await openLife({ database, clock });
    expect(await again.step()).toBeGreaterThan(morning);
    expect(await readCompany(database.kysely)).toMatchObject({
      livedUntil: '2024-10-15',
      livedMinute: 570,
      refused: {},
    });
    expect(await ordersIn(database)).toBe(ordersUpTo(16, 570));
  } finally {
    await database.close();
  }
});

test('what was booked of a day is not booked again, whatever its minute says', async () => {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate('2024-10-13'), by: 'ada' };
    await writeHistory({ database, clock: at('14T00:00:00') }, wish);
    const life = await openLife({ database, clock: at('14T16:00:00') });
    expect(await life.step()).toBeGreaterThan(0);
    const orders = await ordersIn(database);
    await rows(database.kysely, sql`update living_company.company set lived_minute = 0`);
    const again = await openLife({ database, clock: at('14T16:00:00') });
    expect(await again.step()).toBe(0);
    expect(await ordersIn(database)).toBe(orders);
  } finally {
    await database.close();
  }
});

test('lived hour by hour a day books what it books as a whole, of one and the same things', async () => {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate('2024-10-17'), by: 'ada' };
    await writeHistory({ database, clock: at('18T00:00:00') }, wish); // A Friday: many are charged.
    let hour = 0;
    const life = await openLife({
      database,
      clock: () => at(`18T${String(hour).padStart(2, '0')}:59:59`)(),
    });
    let booked = 0;
    for (; hour < 24; hour += 1) booked += await life.step();
    const world = openWorld(PLAN);
    const days = Array.from({ length: 18 }, () => world.live().entities);
    const friday = days.at(-1)?.flatMap(({ intents }) => intents) ?? [];
    expect(booked).toBe(friday.filter((intent) => minuteOf(intent) < 1_439).length);
    expect(await readCompany(database.kysely)).toMatchObject({ livedMinute: 1_439, refused: {} });
  } finally {
    await database.close();
  }
});

test('it lives through the end of a month: bills, banks and what was earned agree, as in history', async () => {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate('2024-10-28'), by: 'ada' };
    await writeHistory({ database, clock: at('29T00:00:00') }, wish);
    const clock: Clock = () => parseInstant('2024-11-05T00:00:00Z') ?? systemClock();
    await (await openLife({ database, clock })).step();
    expect(await readCompany(database.kysely)).toMatchObject({
      livedUntil: '2024-11-04',
      refused: {},
    });
    expect(await brokenBooks(database, localDate('2024-11-04'))).toEqual([]);
    expect(await toldBy(database)).toEqual(await toldOfHistory('2024-11-04'));
  } finally {
    await database.close();
  }
});

/** What the banks say each account stood at, day by day. */
const toldBy = (database: Database): Promise<readonly unknown[]> =>
  rows(
    database.kysely,
    sql`select a.legal_entity, a.code, s.reference, s.closing
      from erp_banking.statement s join erp_banking.own_account a on a.id = s.own_account_id
      order by a.legal_entity, a.code, s.sequence`,
  );

/** The same of a history that was written up to a day in one go. */
async function toldOfHistory(until: string): Promise<readonly unknown[]> {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate(until), by: 'ada' };
    await writeHistory({ database, clock: at('29T00:00:00') }, wish);
    return await toldBy(database);
  } finally {
    await database.close();
  }
}

test('who was founded in another world is not taken up, and his history not gone on with', async () => {
  const database = await openInstallation();
  try {
    const wish = { plan: PLAN, until: localDate('2024-10-14'), by: 'ada' };
    await foundCompany({ database, clock: at('14T00:00:00') }, wish);
    await rows(database.kysely, sql`update living_company.company set world = world - 1`);
    const refused = { kind: 'conflict', code: 'living-company.other-world' };
    await expect(goOnWriting(database)).rejects.toMatchObject(refused);
    await endHistory(database.kysely);
    await expect(openLife({ database, clock: at('15T00:00:00') })).rejects.toMatchObject(refused);
  } finally {
    await database.close();
  }
});

test('where nobody lives nothing can be taken up', async () => {
  const database = await openInstallation();
  try {
    const opening = openLife({ database, clock: at('14T00:00:00') });
    await expect(opening).rejects.toMatchObject({ code: 'living-company.none' });
  } finally {
    await database.close();
  }
});
