import type { QueryOf } from '#api-contract';
import type { Handle } from '#database';
import { isRecordKind } from '#canonical';
import { listQuarantine, listRuns } from '#sync';
import type { QuarantineItem, RunSummary } from '#sync';
import { present } from './row.ts';

type Cell = string | number | boolean | undefined;
type Count = 'read' | 'created' | 'changed' | 'unchanged' | 'deleted' | 'quarantined' | 'released';

const PAGE = 500;

const total = (run: RunSummary, name: Count): number =>
  run.entities.reduce((sum, entity) => sum + entity[name], 0);

/** The columns of runs as a file. */
export const RUN_COLUMNS = {
  startedAt: (run) => run.startedAt,
  finishedAt: (run) => run.finishedAt,
  integration: (run) => run.integration,
  status: (run) => run.status,
  read: (run) => total(run, 'read'),
  created: (run) => total(run, 'created'),
  changed: (run) => total(run, 'changed'),
  unchanged: (run) => total(run, 'unchanged'),
  deleted: (run) => total(run, 'deleted'),
  quarantined: (run) => total(run, 'quarantined'),
  released: (run) => total(run, 'released'),
  message: (run) => run.message,
  id: (run) => run.runId,
} as const satisfies Record<string, (run: RunSummary) => Cell>;

/** The columns of what is in quarantine as a file. */
export const QUARANTINE_COLUMNS = {
  reason: (row) => row.reason,
  kind: (row) => row.kind,
  key: (row) => row.key,
  file: (row) => row.file,
  line: (row) => row.line,
  column: (row) => row.column,
  field: (row) => row.field,
  value: (row) => row.value,
  integration: (row) => row.integration,
  seenAt: (row) => row.seenAt,
  run: (row) => row.runId,
  id: (row) => row.id,
} as const satisfies Record<string, (row: QuarantineItem) => Cell>;

/** Runs as rows of cells, a page at a time. */
export async function* runPages(
  kysely: Handle,
  query: {
    readonly integration?: string | undefined;
    readonly status?: readonly string[] | undefined;
    readonly search?: string | undefined;
    readonly sort?: QueryOf<'listRuns'>['sort'];
  },
): AsyncGenerator<Cell[][]> {
  const oldestFirst = query.sort === 'startedAt';
  for (let offset = 0; ; offset += PAGE) {
    const runs = await listRuns({ kysely }, { ...query, oldestFirst, offset, limit: PAGE });
    if (runs.length > 0) {
      yield runs.map((run) => Object.values(RUN_COLUMNS).map((read) => read(run)));
    }
    if (runs.length < PAGE) return;
  }
}

/** What is in quarantine as rows of cells, a page at a time. */
export async function* quarantinePages(
  kysely: Handle,
  query: {
    readonly integration?: string | undefined;
    readonly kind?: string | undefined;
    readonly search?: string | undefined;
    readonly sort?: QueryOf<'listQuarantine'>['sort'];
  },
): AsyncGenerator<Cell[][]> {
  const { integration, kind, search, sort } = query;
  if (kind !== undefined && !isRecordKind(kind)) return;
  const asked = present({ integration, kind, search, sort });
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await listQuarantine({ kysely }, { ...asked, offset, limit: PAGE });
    if (rows.length > 0) {
      yield rows.map((row) => Object.values(QUARANTINE_COLUMNS).map((read) => read(row)));
    }
    if (rows.length < PAGE) return;
  }
}
