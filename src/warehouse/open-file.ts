import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { describeError, RialtoError } from '#kernel';
import { calendarSql } from './calendar.ts';
import type { WarehouseErrorCode } from './errors.ts';
import { SCHEMA_SQL, SCHEMA_VERSION, STAR_TABLES } from './schema.ts';

export type FileSettings = {
  readonly file: string; // ':memory:' keeps nothing.
  readonly memoryLimitMb: number;
  readonly fiscalYearStartMonth: number; // 1 … 12.
};

/** A DuckDB file with the star in it, and the one connection that writes. */
export type OpenFile = {
  readonly instance: DuckDBInstance;
  readonly writer: DuckDBConnection;
  readonly setAside: string | undefined; // Why an older file was put out of the way.
  close(): void;
};

const MEMORY = ':memory:';
const LOCKED = /set lock|being used by another process|conflicting lock/i;
const NOT_THE_FILES_FAULT =
  /permission denied|no space|read-only|is a directory|no such file|too many open files|out of memory/i;

/**
 * Opens the file, or makes it. A file that cannot be read, or of another schema version, is
 * renamed to `<file>.set-aside` and an empty star takes its place: the log will fill it again.
 */
export async function openFile(settings: FileSettings): Promise<OpenFile> {
  const place = settings.file === MEMORY ? undefined : path.resolve(settings.file);
  if (place !== undefined) {
    if (openPlaces.has(place)) throw locked(place, new Error('this process has it open'));
    openPlaces.add(place);
  }
  try {
    const { instance, writer, why } = await openOrReplace(settings);
    return {
      instance,
      writer,
      setAside: why,
      close() {
        writer.closeSync();
        instance.closeSync();
        if (place !== undefined) openPlaces.delete(place);
      },
    };
  } catch (error) {
    if (place !== undefined) openPlaces.delete(place);
    throw error;
  }
}

/** DuckDB's lock keeps other processes out, not a second opening by this one. */
const openPlaces = new Set<string>();

type Opened = { readonly instance: DuckDBInstance; readonly writer: DuckDBConnection };

async function openOrReplace(
  settings: FileSettings,
): Promise<Opened & { readonly why: string | undefined }> {
  const first = await tryOpen(settings);
  if (first.ok) return { ...first, why: undefined };
  await setAside(settings.file);
  const second = await tryOpen(settings);
  if (second.ok) return { ...second, why: first.why };
  throw unreadable(settings.file, new Error(second.why));
}

type Attempt = ({ readonly ok: true } & Opened) | { readonly ok: false; readonly why: string };

async function tryOpen(settings: FileSettings): Promise<Attempt> {
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(settings.file, {
      memory_limit: `${settings.memoryLimitMb}MB`,
      threads: '2',
      enable_external_access: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const writer = await instance.connect();
    const why = await prepareSchema(writer, settings.fiscalYearStartMonth);
    if (why === undefined) return { ok: true, instance, writer };
    writer.closeSync();
    instance.closeSync();
    return { ok: false, why };
  } catch (error) {
    instance?.closeSync();
    const why = describeError(error);
    if (LOCKED.test(why)) throw locked(settings.file, error);
    if (NOT_THE_FILES_FAULT.test(why)) throw unreadable(settings.file, error);
    return { ok: false, why };
  }
}

/** Undefined: the star stands, as this version knows it. Otherwise why it does not. */
async function prepareSchema(
  writer: DuckDBConnection,
  fiscalYearStartMonth: number,
): Promise<string | undefined> {
  const tables = await writer.runAndReadAll(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'`,
  );
  if (tables.currentRowCount === 0) {
    await createSchema(writer, fiscalYearStartMonth);
    return undefined;
  }
  if (!tables.getRows().some(([name]) => name === 'load_state')) return 'not a Rialto warehouse';
  const state = await writer.runAndReadAll(
    'SELECT schema_version, fiscal_year_start_month FROM load_state',
  );
  const [version, month] = state.getRows()[0] ?? [];
  if (version !== SCHEMA_VERSION) return `schema version ${String(version)}`;
  // Blocks are checked as they are read: a broken one shall be found now, not by a question.
  for (const table of STAR_TABLES) {
    await writer.run(`SELECT sum(hash(each)) FROM ${table} AS each`);
  }
  if (month !== fiscalYearStartMonth) await changeFiscalYear(writer, fiscalYearStartMonth);
  return undefined;
}

async function createSchema(writer: DuckDBConnection, month: number): Promise<void> {
  await writer.run('BEGIN');
  await writer.run(SCHEMA_SQL);
  await writer.run(calendarSql(month));
  await writer.run('INSERT INTO load_state VALUES ($version, $month, 0, NULL)', {
    version: SCHEMA_VERSION,
    month,
  });
  await writer.run('COMMIT');
}

async function changeFiscalYear(writer: DuckDBConnection, month: number): Promise<void> {
  await writer.run('BEGIN');
  await writer.run(calendarSql(month));
  await writer.run('UPDATE load_state SET fiscal_year_start_month = $month', { month });
  await writer.run('COMMIT');
}

/** Keeps the latest one only, so that a broken disk does not fill up. */
async function setAside(file: string): Promise<void> {
  if (file === MEMORY) return;
  for (const suffix of ['', '.wal']) {
    await rm(`${file}${suffix}.set-aside`, { force: true });
    await rename(`${file}${suffix}`, `${file}${suffix}.set-aside`).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
  }
}

const locked = (file: string, cause: unknown): RialtoError<WarehouseErrorCode> =>
  new RialtoError('conflict', 'warehouse.locked', `opening the warehouse ${file}`, {
    cause,
    remedy: 'Stop the other Rialto that uses this data directory.',
  });

const unreadable = (file: string, cause: unknown): RialtoError<WarehouseErrorCode> =>
  new RialtoError('unavailable', 'warehouse.unreadable', `opening the warehouse ${file}`, {
    cause,
    remedy: 'Check the folder: its disk space and who may write there.',
  });
