import type { RowAdapter, RowProblem } from '#adapter-kit';
import { copyInto, rows, sql } from '#database';
import type { Database, Handle } from '#database';

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
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
};

const PROBLEMS_MAX = 1_000;

/**
 * Copies an entity's rows as they are into an unlogged table: `row` counts them from 1, and the
 * cells stand in `c0`, `c1`, …. Memory does not grow with the file.
 */
export async function stageEntity(database: Database, options: StageOptions): Promise<Staged> {
  const { adapter, entity, table, columns, signal, onRows } = options;
  const problems: RowProblem[] = [];
  let unreadable = 0;
  const note = (problem: RowProblem): void => {
    unreadable += 1;
    if (problems.length < PROBLEMS_MAX) problems.push(problem);
  };
  const names = columns.map((_, at) => `c${at}`);
  const cells = sql.join(names.map((name) => sql`${sql.id(name)} text`));
  await rows(
    database.kysely,
    sql`create unlogged table ${sql.id('sync', table)} (row integer, file text, line integer, ${cells})
      with (autovacuum_enabled = false)`,
  );
  async function* lines(): AsyncGenerator<readonly (string | null)[], void, void> {
    let count = 0;
    for await (const page of adapter.read(entity, undefined, signal)) {
      signal.throwIfAborted();
      for (const problem of page.problems) note(problem);
      for (const { file, line, values } of page.rows) {
        const row = columns.map((column) => values[column] ?? null);
        const zero = row.findIndex((value) => value?.includes('\0') === true);
        if (zero >= 0) {
          note({
            file,
            line,
            column: columns[zero] ?? '',
            raw: row.join('\t').slice(0, 2_000),
            reason: 'holds a NUL character, which is no text: write the file again as plain text',
          });
          continue;
        }
        count += 1;
        yield [String(count), file, String(line), ...row];
      }
      onRows(count);
    }
  }
  const copied = await copyInto(
    database.kysely,
    `sync.${table}`,
    ['row', 'file', 'line', ...names],
    lines(),
  );
  await rows(database.kysely, sql`analyze ${sql.id('sync', table)}`);
  return { entity, table, rows: copied, problems, unreadable };
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
