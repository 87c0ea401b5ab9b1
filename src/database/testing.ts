import { createHash, randomBytes } from 'node:crypto';
import { assert } from '#kernel';
import { sql } from 'kysely';
import { openDatabase, rows, transact } from './connect.ts';
import type { Database } from './connect.ts';
import { migrate } from './migrate.ts';
import type { Migrations } from './migrate.ts';
import { CLUSTER_ADDRESS } from './test-cluster.ts';

/** For tests that need a server of their own: with other settings, or to stop it. */
export { startEmbedded } from './start-embedded.ts';
export { freePort } from './free-port.ts';

const TEMPLATE_LOCK = 7_418_222;

/**
 * Opens a database of the test's own in the run's PostgreSQL, with these modules' tables in it.
 * Closing it drops it.
 */
export async function testDatabase(modules: readonly Migrations[]): Promise<Database> {
  const clusterUrl = await askCluster();
  const template = await templateFor(clusterUrl, modules);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onCluster(clusterUrl, (cluster) =>
    rows(cluster.kysely, sql`create database ${sql.id(name)} template ${sql.id(template)}`),
  );
  const database = await openDatabase({ url: databaseUrl(clusterUrl, name), poolSizeMax: 5 });
  return {
    ...database,
    async close() {
      await database.close();
      await onCluster(clusterUrl, (cluster) =>
        rows(cluster.kysely, sql`drop database if exists ${sql.id(name)} with (force)`),
      );
    },
  };
}

/** The address of an empty database in the run's PostgreSQL, for tests that open it themselves. */
export async function testDatabaseUrl(): Promise<string> {
  const clusterUrl = await askCluster();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onCluster(clusterUrl, (cluster) =>
    rows(cluster.kysely, sql`create database ${sql.id(name)}`),
  );
  return databaseUrl(clusterUrl, name);
}

async function askCluster(): Promise<string> {
  const address = process.env[CLUSTER_ADDRESS];
  assert(address !== undefined, 'a test database needs the global setup of vitest.config.ts');
  const reply = await fetch(address);
  const text = await reply.text();
  assert(reply.ok, `starting the run's PostgreSQL: ${text}`);
  return text;
}

/** Migrated once per run and copied after: a copy takes a tenth of the time. */
async function templateFor(clusterUrl: string, modules: readonly Migrations[]): Promise<string> {
  const print = createHash('sha256').update(JSON.stringify(modules)).digest('hex').slice(0, 16);
  const name = `template_${print}`;
  await onCluster(clusterUrl, (cluster) =>
    transact(cluster, async (holder) => {
      await rows(holder, sql`select pg_advisory_xact_lock(${TEMPLATE_LOCK})`);
      const found = await rows(holder, sql`select 1 from pg_database where datname = ${name}`);
      if (found.length > 0) return;
      const unfinished = `${name}_unfinished`;
      await rows(cluster.kysely, sql`drop database if exists ${sql.id(unfinished)} with (force)`);
      await rows(cluster.kysely, sql`create database ${sql.id(unfinished)}`);
      const database = await openDatabase({ url: databaseUrl(clusterUrl, unfinished) });
      try {
        await migrate(database, modules);
      } finally {
        await database.close();
      }
      await rows(
        cluster.kysely,
        sql`alter database ${sql.id(unfinished)} rename to ${sql.id(name)}`,
      );
    }),
  );
  return name;
}

async function onCluster<T>(url: string, work: (cluster: Database) => Promise<T>): Promise<T> {
  const cluster = await openDatabase({ url, poolSizeMax: 2 });
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}

function databaseUrl(clusterUrl: string, name: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
}
