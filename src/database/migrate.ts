import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { rows, transact, withClient } from './connect.ts';
import type { Database, Handle } from './connect.ts';
import { databaseError } from './errors.ts';

/** A module's numbered SQL files: `0001-records.sql`, `0002-…`. Its PostgreSQL schema is its name. */
export type Migrations = { readonly name: string; readonly folder: string };

type Step = { readonly number: number; readonly file: string; readonly text: string };
type Applied = { readonly module: string; readonly number: number; readonly sha256: string };

const LOCK = 7_418_221; // Any fixed number: one migration at a time, whoever starts it.

/**
 * Brings every module's tables up to this code, forward only, all in one transaction.
 * Fails with `database.newer` when the database knows a migration that this code does not.
 */
export async function migrate(database: Database, modules: readonly Migrations[]): Promise<void> {
  await transact(database, async (transaction) => {
    await rows(transaction, sql`select pg_advisory_xact_lock(${LOCK})`);
    await rows(transaction, sql`create schema if not exists database`);
    await rows(
      transaction,
      sql`create table if not exists database.migration (
        module text not null, number integer not null, file text not null, sha256 text not null,
        applied_at timestamptz not null default now(), primary key (module, number))`,
    );
    const applied = await rows<Applied>(
      transaction,
      sql`select module, number, sha256 from database.migration`,
    );
    for (const module of modules) await migrateModule(transaction, module, applied);
  });
}

async function migrateModule(
  transaction: Handle,
  module: Migrations,
  applied: readonly Applied[],
): Promise<void> {
  const steps = stepsIn(module.folder);
  const mine = applied.filter((each) => each.module === module.name);
  const newest = Math.max(0, ...mine.map((each) => each.number));
  if (newest > steps.length) {
    const message = `the database is newer than this Rialto (${module.name} ${newest}, here ${steps.length})`;
    throw databaseError('conflict', 'database.newer', message, {
      remedy: 'Start the newer version of Rialto, or choose another folder with --data-dir.',
    });
  }
  await rows(transaction, sql`create schema if not exists ${sql.id(module.name)}`);
  for (const step of steps) {
    const sha256 = createHash('sha256').update(step.text).digest('hex');
    const before = mine.find((each) => each.number === step.number);
    if (before === undefined) await apply(transaction, module.name, step, sha256);
    else if (before.sha256 !== sha256) throw edited(module.name, step.file);
  }
}

async function apply(
  transaction: Handle,
  module: string,
  step: Step,
  sha256: string,
): Promise<void> {
  try {
    await withClient(transaction, (client) => client.query(step.text));
  } catch (error) {
    throw databaseError('bug', 'database.migration-failed', `applying ${module}/${step.file}`, {
      cause: error,
      remedy: 'Nothing was changed. Report this with the log.',
    });
  }
  await rows(
    transaction,
    sql`insert into database.migration (module, number, file, sha256)
      values (${module}, ${step.number}, ${step.file}, ${sha256})`,
  );
}

function stepsIn(folder: string): Step[] {
  const files = readdirSync(folder).filter((file) => /^\d{4}-.*(?<!\.verify)\.sql$/.test(file));
  files.sort();
  return files.map((file, at) => {
    const number = Number(file.slice(0, 4));
    if (number !== at + 1) {
      throw databaseError('bug', 'database.migration-failed', `${file} in ${folder} leaves a gap`);
    }
    return { number, file, text: readFileSync(join(folder, file), 'utf8') };
  });
}

function edited(module: string, file: string): Error {
  const message = `${module}/${file} was edited after this database had applied it`;
  return databaseError('conflict', 'database.migration-edited', message, {
    remedy: 'Add a new migration instead; a development folder may be thrown away.',
  });
}
