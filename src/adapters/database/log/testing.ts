/** A PostgreSQL of the test's own that keeps a log one can read. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Cursor, DocumentAdapter, SourceDocument } from '#adapter-kit';
import { startEmbedded } from '#database/testing';
import { connectDatabase } from '../connect.ts';
import { parseDatabaseProfile } from '../profile/profile.ts';
import type { DatabaseSettings } from '../connect.ts';

/** A running server whose log can be read. */
export type LogServer = {
  database(): Promise<LogDatabase>;
  /** Stops it and starts it again, as on another day. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** An empty database in it. */
export type LogDatabase = {
  readonly settings: Omit<DatabaseSettings, 'profile'>;
  run(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  second(): Promise<Client>; // For transactions that stay open.
  stop(): Promise<void>;
};

/** Starts PostgreSQL with wal_level = logical. */
export async function startLogServer(): Promise<LogServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-log-'));
  let server = await startEmbedded({ folder, durable: false });
  const restart = async (): Promise<void> => {
    await server.stop();
    server = await startEmbedded({ folder, durable: false });
  };
  const admin = await clientAt(server.url);
  await admin.query("alter system set wal_level = 'logical'");
  await admin.query('alter system set max_replication_slots = 40');
  await admin.query('alter system set max_wal_senders = 40');
  await admin.end();
  await restart();
  return {
    database: async () => await newDatabase(server.url),
    restart,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function newDatabase(server: string): Promise<LogDatabase> {
  const url = new URL(server);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const once = async (
    at: string,
    statement: string,
  ): Promise<Readonly<Record<string, unknown>>[]> => {
    const client = await clientAt(at);
    try {
      const result = await client.query<Record<string, unknown>>(statement);
      return result.rows;
    } finally {
      await client.end();
    }
  };
  await once(server, `create database ${name}`);
  url.pathname = `/${name}`;
  const slots = `from pg_replication_slots where database = '${name}'`;
  return {
    settings: {
      dialect: 'postgresql',
      host: url.hostname,
      port: Number(url.port),
      database: name,
      user: url.username,
      password: decodeURIComponent(url.password),
      networks: ['127.0.0.1'],
      tls: 'off',
      slots: name,
    },
    second: async () => await clientAt(url.href),
    run: async (statement) => await once(url.href, statement),
    async stop() {
      await once(url.href, `select pg_terminate_backend(active_pid) ${slots}`);
      await once(url.href, `select pg_drop_replication_slot(slot_name) ${slots}`);
      await once(server, `drop database ${name} with (force)`);
    },
  };
}

async function clientAt(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Orders with lines, whose lines name them by number, and suppliers. */
export const TABLES = [
  'create table supplier (code char(5) primary key, name text)',
  'create table purchase_order (id bigint primary key, number varchar(20) not null unique, note text, total numeric(14, 4))',
  'create table order_line (order_number varchar(20) not null, line_no int not null, text text, primary key (order_number, line_no))',
];

/** Both are told by the log. */
export const logProfile = (more: Record<string, unknown> = {}) =>
  parseDatabaseProfile({
    name: 'told',
    version: 1,
    title: 'Told by the log',
    pageRows: 5,
    entities: {
      suppliers: { table: 'supplier', key: ['code'], changes: { by: 'log' } },
      orders: {
        table: 'purchase_order',
        key: ['id'],
        changes: { by: 'log' },
        children: [
          { as: 'lines', table: 'order_line', on: { order_number: 'number' }, order: ['line_no'] },
        ],
      },
    },
    ...more,
  });

export const connectLog = ({ settings }: LogDatabase, profile = logProfile()): DocumentAdapter =>
  connectDatabase({ ...settings, profile });

/** What a reader has, as sync would keep it: documents by key, and the place reached. */
export type Copy = {
  readonly documents: Map<string, SourceDocument['content']>;
  cursor: Cursor | undefined;
  mode: 'snapshot' | 'changes';
  pages: number;
};

export const newCopy = (): Copy => ({
  documents: new Map(),
  cursor: undefined,
  mode: 'snapshot',
  pages: 0,
});

/** Reads on from where a copy stands; `stopAfter` pages it is killed, before the next one is kept. */
export async function readOn(
  adapter: DocumentAdapter,
  entity: string,
  copy: Copy,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<'whole' | 'killed'> {
  const { mode, cursor } = copy;
  const from =
    mode === 'changes' && cursor !== undefined
      ? ({ mode, after: cursor } as const)
      : ({ mode: 'snapshot', ...(cursor === undefined ? {} : { after: cursor }) } as const);
  const stop = new AbortController();
  let pages = 0;
  for await (const page of adapter.pull(entity, from, stop.signal)) {
    if (pages >= stopAfter) return 'killed';
    pages += 1;
    copy.pages += 1;
    for (const { key, content, deleted } of page.documents) {
      if (deleted === true) copy.documents.delete(key);
      else copy.documents.set(key, content);
    }
    copy.cursor = page.next;
    if (page.changesFrom !== undefined) {
      copy.mode = 'changes';
      copy.cursor = page.changesFrom;
    }
  }
  return 'whole';
}
