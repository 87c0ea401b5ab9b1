import { hash as digest } from 'node:crypto';
import type { RowAdapter, RowProblem, SourceRow } from '#adapter-kit';
import { copyLines, copyText, rows, sql } from '#database';
import type { Database, Handle } from '#database';
import { because } from '#kernel';
import type { Extract } from './mapping/plans.ts';
import { say } from './sentences.ts';

/** The rows of one entity, in a table of the run's own. */
export type Staged = {
  readonly entity: string;
  readonly table: string; // Within the schema `sync`.
  readonly rows: number;
  readonly problems: readonly RowProblem[]; // At most 1,000 are kept; `unreadable` counts all.
  readonly unreadable: number;
};

type StageOptions = {
  readonly adapter: RowAdapter;
  readonly entity: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly extract: Extract;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
};

const PROBLEMS_MAX = 1_000;
const HASH_HEX = 32; // 128 bits of SHA-256 tell two rows apart.

/**
 * Copies what is needed of an entity's rows into an unlogged table: `row` counts them from 1,
 * `c0`, `c1`, … are the columns SQL joins by (`n0`, …: as numbers), `data` holds the cells that
 * mappings read and `hash` tells whether they changed. Memory does not grow with the file.
 */
export async function stageEntity(database: Database, options: StageOptions): Promise<Staged> {
  const { adapter, entity, table, extract, signal, onRows } = options;
  const problems: RowProblem[] = [];
  let unreadable = 0;
  const note = (problem: RowProblem): void => {
    unreadable += 1;
    if (problems.length < PROBLEMS_MAX) problems.push(problem);
  };
  const columns = [
    ...extract.columns.map((at) => ({ name: `c${at}`, type: sql`text` })),
    ...extract.numbers.map((at) => ({ name: `n${at}`, type: sql`bigint` })),
  ];
  const cells = columns.map(({ name, type }) => sql`${sql.id(name)} ${type},`);
  await rows(
    database.kysely,
    sql`create unlogged table ${sql.id('sync', table)} (row integer, file text, line integer,
      ${sql.join(cells, sql` `)} data text, hash bytea) with (autovacuum_enabled = false)`,
  );
  const print = printer(options, note);
  async function* pages(): AsyncGenerator<string, void, void> {
    let count = 0;
    for await (const page of adapter.read(entity, undefined, signal)) {
      signal.throwIfAborted();
      for (const problem of page.problems) note(problem);
      let text = '';
      for (const row of page.rows) {
        const line = print(row, count + 1);
        if (line === undefined) continue;
        text += line;
        count += 1;
      }
      if (text !== '') yield text;
      onRows(count);
    }
  }
  const names = columns.map(({ name }) => name);
  const copied = await copyLines(
    database.kysely,
    `sync.${table}`,
    ['row', 'file', 'line', ...names, 'data', 'hash'],
    pages(),
  );
  const looked = sql.join(['row', ...names].map((name) => sql.id(name)));
  await rows(database.kysely, sql`analyze ${sql.id('sync', table)} (${looked})`);
  return { entity, table, rows: copied, problems, unreadable };
}

/** Writes a row as COPY reads it. Undefined: it holds what is no text. */
function printer(
  { columns, extract }: StageOptions,
  note: (problem: RowProblem) => void,
): (row: SourceRow, number: number) => string | undefined {
  const named = (places: readonly number[]): string[] => places.map((at) => columns[at] ?? '');
  const [joined, sortedBy, read] = [extract.columns, extract.numbers, extract.data].map(named);
  return (row, number) => {
    const { file, line, values } = row;
    const data = JSON.stringify(read?.map((column) => values[column] ?? null));
    let text = `${number}\t${copyText(file)}\t${line}\t`;
    for (const column of joined ?? []) {
      const value = values[column] ?? null;
      if (value?.includes('\0') === true) return noText(row, column, note);
      text += `${copyText(value)}\t`;
    }
    for (const column of sortedBy ?? []) {
      const value = values[column] ?? '';
      text += /^[0-9]{1,18}$/.test(value) ? `${value}\t` : '\\N\t';
    }
    if (data.includes(String.raw`\u0000`)) {
      const zero = read?.find((column) => values[column]?.includes('\0') === true);
      if (zero !== undefined) return noText(row, zero, note);
    }
    const hash = digest('sha256', data, 'hex').slice(0, HASH_HEX);
    return `${text}${copyText(data)}\t\\\\x${hash}\n`;
  };
}

function noText(
  { file, line, values }: SourceRow,
  column: string,
  note: (problem: RowProblem) => void,
): undefined {
  note({
    file,
    line,
    column,
    raw: Object.values(values).join('\t').slice(0, 2_000),
    ...because(say('no-text', {})),
  });
}

/** Drops the tables of a run, or of every run that is over. */
export async function dropStaging(
  handle: Handle,
  which: { readonly run: string } | { readonly except: readonly string[] },
): Promise<void> {
  const tables = await rows<{ name: string }>(
    handle,
    sql`select tablename as name from pg_tables
      where schemaname = 'sync' and tablename like 'stage\\_%'`,
  );
  for (const { name } of tables) {
    const mine = 'run' in which ? name.startsWith(stagePrefix(which.run)) : false;
    const over =
      'except' in which && !which.except.some((run) => name.startsWith(stagePrefix(run)));
    if (mine || over) await rows(handle, sql`drop table if exists ${sql.id('sync', name)}`);
  }
}

export function stagePrefix(run: string): string {
  return `stage_${run.slice(-16).toLowerCase()}_`;
}
