/** The run's PostgreSQL as a source, and what every server is held to. */
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import type { Command } from '#adapter-kit';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import { testDatabaseUrl } from '#database/testing';
import {
  BOOKING,
  connectTo,
  importedOrders,
  makePurchasing,
  orderCommand,
  purchasingProfile,
  runImport,
} from './testing/purchasing.ts';
import type { TestDatabase } from './testing/test-database.ts';

/** An empty database in the run's PostgreSQL. */
export async function testPostgres(): Promise<TestDatabase> {
  const url = new URL(await testDatabaseUrl());
  const open = async (): Promise<Omit<TestDatabase, 'settings' | 'second'>> => {
    const client = new Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    return {
      run: async (statement) => {
        const result = await client.query<Record<string, unknown>>(statement);
        return result.rows;
      },
      stop: async () => await client.end(),
    };
  };
  return {
    ...(await open()),
    second: open,
    settings: {
      dialect: 'postgresql',
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: url.username,
      password: decodeURIComponent(url.password),
      networks: ['127.0.0.1'],
      tls: 'off',
    },
  };
}

/** Runs the suites; `open` gives an empty database. */
export function describeContracts(server: string, open: () => Promise<TestDatabase>): void {
  const fresh = async (): Promise<TestDatabase> => {
    const database = await open();
    onTestFinished(async () => await database.stop());
    await makePurchasing(database);
    return database;
  };

  describeDocumentAdapterContract(server, async () => {
    const database = await fresh();
    let minute = 10;
    return {
      adapter: connectTo(database),
      touch: async () => {
        minute += 1;
        await database.run(
          `update purchase_order set note = 'm${minute}', updated_at = '2026-01-04 10:${minute}:00.5' where id = 5`,
        );
        return '5';
      },
    };
  });

  describeWriterContract(`${server} with an import job`, async () => {
    const database = await fresh();
    const { writer, capabilities } = connectTo(database);
    if (writer === undefined) throw new Error('the database is written to');
    return {
      writer,
      capabilities,
      good: [orderCommand(), orderCommand({ supplier: 'S2' })],
      refused: orderCommand({ supplier: 'unknown' }),
      takeUp: async () => await runImport(database),
      booked: async () => await importedOrders(database),
    };
  });

  describeWriterContract(`${server} booked at once`, async () => {
    const database = await fresh();
    const profile = purchasingProfile({ operations: { 'post-stock-movement': BOOKING } });
    const { writer, capabilities } = connectTo(database, profile);
    if (writer === undefined) throw new Error('the database is written to');
    return {
      writer,
      capabilities,
      good: [movement('2.500')],
      refused: movement('0'),
      booked: async () => (await database.run('select 1 from stock_booking')).length,
    };
  });
}

const movement = (value: string): Command => ({
  ...orderCommand(),
  operation: 'post-stock-movement',
  payload: { item: 'I1', quantity: { value, unit: 'C62' } },
});
