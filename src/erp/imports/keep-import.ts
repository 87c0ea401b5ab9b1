import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { ImportKindName } from './import-kind.ts';
import type { ImportLine, ImportReport } from './report.ts';
import type { TakenBack } from './taking-back.ts';

const SELECTED = sql`jsonb_strip_nulls(jsonb_build_object('id', id, 'legalEntity', legal_entity,
  'kind', kind, 'mode', mode, 'status', case when exists (select from erp_imports.taken_back t
    where t.import = i.id) then 'taken-back' else status end, 'file', jsonb_build_object('name', file_name,
  'digest', file_digest, 'bytes', file_bytes), 'openingOn', opening_on, 'lines', lines,
  'created', created, 'changed', changed, 'unchanged', unchanged, 'compared', compared,
  'refused', refused, 'formats', formats, 'problems', problems, 'totals', totals,
  'agreement', agreement, 'createdBy', created_by, 'takenBack', (select jsonb_build_object(
    'on', t.taken_back_on, 'reason', t.reason, 'by', t.created_by, 'lines', t.lines,
    'documents', t.documents, 'totals', t.totals, 'agreement', t.agreement)
    from erp_imports.taken_back t where t.import = i.id))) as report, created_at as "createdAt",
  (select t.created_at from erp_imports.taken_back t where t.import = i.id) as "takenBackAt"`;

type Kept = {
  readonly report: Omit<ImportReport, 'createdAt' | 'takenBack'> & {
    readonly takenBack?: Omit<TakenBack, 'at'>;
  };
  readonly createdAt: ImportReport['createdAt'];
  readonly takenBackAt: TakenBack['at'] | null;
};

/** Keeps an import with its lines; the lines of earlier dry runs of the kind make room. */
export async function keepImport(
  tx: Handle,
  report: ImportReport,
  lines: readonly ImportLine[],
): Promise<void> {
  const { file } = report;
  await rows(
    tx,
    sql`delete from erp_imports.line l using erp_imports.import i
      where i.id = l.import and i.legal_entity = ${report.legalEntity} and i.kind = ${report.kind}
        and i.status <> 'booked'`,
  );
  await rows(
    tx,
    sql`insert into erp_imports.import (id, legal_entity, kind, mode, status, file_name,
        file_digest, file_bytes, opening_on, lines, created, changed, unchanged, compared, refused,
        formats, problems, totals, agreement, created_by, created_at)
      values (${report.id}, ${report.legalEntity}, ${report.kind}, ${report.mode},
        ${report.status}, ${file.name}, ${file.digest}, ${file.bytes},
        ${report.openingOn ?? null}, ${report.lines}, ${report.created}, ${report.changed},
        ${report.unchanged}, ${report.compared}, ${report.refused},
        ${JSON.stringify(report.formats)}, ${JSON.stringify(report.problems)},
        ${JSON.stringify(report.totals)}, ${JSON.stringify(report.agreement)},
        ${report.createdBy}, ${report.createdAt})`,
  );
  await insertRows(
    tx,
    'erp_imports.line',
    {
      import: 'text',
      line: 'integer',
      key: 'text',
      outcome: 'text',
      code: 'text',
      heading: 'text',
      value: 'text',
      message: 'text',
    },
    lines.map(({ line, key, outcome, code, heading, value, message }) => ({
      import: report.id,
      line,
      key,
      outcome,
      code,
      heading,
      value,
      message,
    })),
  );
}

/** Imports of a legal entity, the newest first. */
export async function listImports(
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly kind?: ImportKindName;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly ImportReport[]> {
  const { legalEntity, kind = null, after = null, limit } = filter;
  const found = await rows<Kept>(
    handle,
    sql`select ${SELECTED} from erp_imports.import i
      where legal_entity = ${legalEntity} and (${kind}::text is null or kind = ${kind})
        and (${after}::text is null or id < ${after}) order by id desc limit ${limit}`,
  );
  return found.map(reportOf);
}

/** One import. */
export async function findImport(handle: Handle, id: string): Promise<ImportReport | undefined> {
  const [found] = await rows<Kept>(
    handle,
    sql`select ${SELECTED} from erp_imports.import i where id = ${id}`,
  );
  return found === undefined ? undefined : reportOf(found);
}

function reportOf({ report, createdAt, takenBackAt }: Kept): ImportReport {
  const { takenBack, ...rest } = report;
  if (takenBack === undefined || takenBackAt === null) return { ...rest, createdAt };
  return { ...rest, createdAt, takenBack: { ...takenBack, at: takenBackAt } };
}

/** What became of the lines of an import, in their order; all, or those of one outcome. */
export const importLines = (
  handle: Handle,
  filter: {
    readonly id: string;
    readonly outcome?: ImportLine['outcome'];
    readonly after?: number; // The last line of the page before.
    readonly limit: number;
  },
): Promise<readonly ImportLine[]> =>
  rows<{ one: ImportLine }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('line', line, 'key', key, 'outcome', outcome,
        'code', code, 'heading', heading, 'value', value, 'message', message)) as one
      from erp_imports.line
      where import = ${filter.id} and line > ${filter.after ?? 0}
        and (${filter.outcome ?? null}::text is null or outcome = ${filter.outcome ?? null})
      order by line limit ${filter.limit}`,
  ).then((found) => found.map(({ one }) => one));
