/** A history that is broken off, by a stop and by kill -9, is gone on with and comes out the same. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { migrate, openDatabase, rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { endHistory, readAhead, readCompany } from './company-state.ts';
import { openLife } from './live.ts';
import { NEEDED_TABLES } from './migrations.ts';
import { openInstallation, outcomeOf } from './testing.ts';
import type { Plan } from './world/plan.ts';
import { foundCompany, goOnWriting, writeHistory } from './write-history.ts';

const PLAN: Plan = { size: 'small', seed: 3, startedOn: localDate('2024-10-01') };
const UNTIL = localDate('2024-11-20');
const WISH = { plan: PLAN, until: UNTIL, by: 'ada' };
const WRITER = join(import.meta.dirname, 'testing', 'history-writer.ts');
const clock = () => instantOf(1_770_000_000_000);

/** Kills a process that writes as soon as two legal entities have a month, and the third not yet. */
async function killInTheMiddle(database: Database, url: string): Promise<void> {
  await transact(database, async (tx) => {
    await rows(
      tx,
      sql`select from erp_company.number_series where legal_entity = 'NWUS' for update`,
    );
    const writer = spawn(process.execPath, [WRITER, url], { stdio: ['pipe', 'ignore', 'inherit'] });
    const gone = new Promise((resolve) => {
      writer.once('exit', (_, signal) => resolve(signal));
    });
    while ((await readAhead(database.kysely)).length < 2 && writer.exitCode === null) {
      await pause(20);
    }
    writer.kill('SIGKILL');
    expect(await gone).toBe('SIGKILL');
  });
}

/** Writes on until the next month is done. */
async function writeOneMonth(database: Database): Promise<void> {
  const stop = new AbortController();
  const writing = goOnWriting(database, { signal: stop.signal, tell: () => stop.abort() });
  await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
}

test('killed in the middle of a month, and stopped, it is gone on with and comes out the same', async () => {
  const whole = await openInstallation();
  const url = await testDatabaseUrl();
  const killed = await openDatabase({ url });
  try {
    const history = await writeHistory({ database: whole, clock }, WISH);
    await migrate(killed, NEEDED_TABLES);
    await foundCompany({ database: killed, clock }, WISH);
    await killInTheMiddle(killed, url);
    const ahead = await readAhead(killed.kysely);
    expect(ahead.map(({ entity }) => entity).toSorted()).toEqual(['NWCH', 'NWDE']);
    expect(await readCompany(killed.kysely)).toMatchObject({ status: 'writing', livedUntil: null });
    await expect(openLife({ database: killed, clock })).rejects.toMatchObject({
      code: 'living-company.unfinished',
    });
    await endHistory(killed.kysely); // Not while its legal entities are apart.
    await writeOneMonth(killed);
    expect(await readCompany(killed.kysely)).toMatchObject({
      status: 'writing',
      livedUntil: '2024-10-31',
    });
    expect(await goOnWriting(killed)).toEqual(history);
    expect(await outcomeOf(killed, UNTIL)).toBe(await outcomeOf(whole, UNTIL));
    const { status, livedUntil } = (await readCompany(killed.kysely)) ?? {};
    expect({ status, livedUntil }).toEqual({ status: 'resting', livedUntil: UNTIL });
  } finally {
    await killed.close();
    await whole.close();
  }
}, 240_000);

test('stopped for good, it rests where it is, and trades on from there', async () => {
  const database = await openInstallation();
  try {
    await foundCompany({ database, clock }, WISH);
    await writeOneMonth(database);
    await endHistory(database.kysely);
    expect(await readCompany(database.kysely)).toMatchObject({
      status: 'resting',
      livedUntil: '2024-10-31',
      wantedUntil: '2024-10-31',
    });
    expect(await goOnWriting(database)).toMatchObject({ until: '2024-10-31' });
    const life = await openLife({ database, clock: () => instantOf(Date.parse('2024-11-02')) });
    expect(await life.step()).toBeGreaterThan(0);
    const again = writeHistory({ database, clock }, WISH);
    await expect(again).rejects.toMatchObject({ code: 'living-company.books-exist' });
  } finally {
    await database.close();
  }
}, 120_000);

test('where one legal entity fails the others keep their months, and all of it is gone on with', async () => {
  const database = await openInstallation();
  try {
    await foundCompany({ database, clock }, WISH);
    await rows(
      database.kysely,
      sql`alter table living_company.ahead add constraint fails
        check (legal_entity <> 'NWCH' or booked_until <> '2024-11-20')`,
    );
    await expect(goOnWriting(database)).rejects.toThrow(/fails/);
    expect(await readCompany(database.kysely)).toMatchObject({ livedUntil: '2024-10-31' });
    const kept = (await readAhead(database.kysely)).map(
      ({ entity, bookedUntil }) => `${entity} ${bookedUntil}`,
    );
    expect(kept.toSorted()).toEqual(['NWDE 2024-11-20', 'NWUS 2024-11-20']);
    await rows(database.kysely, sql`alter table living_company.ahead drop constraint fails`);
    const history = await goOnWriting(database);
    const { documents, oddities, refused } = history;
    const whole = await openInstallation();
    const again = await writeHistory({ database: whole, clock }, WISH).finally(() => whole.close());
    expect({ documents, oddities, refused }).toEqual({
      documents: again.documents,
      oddities: again.oddities,
      refused: again.refused,
    });
  } finally {
    await database.close();
  }
}, 240_000);
