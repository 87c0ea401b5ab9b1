import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';
import type { TimeLine, TimeSheet } from './time-sheet.ts';

type Header = Omit<TimeSheet, 'lines'>;

const HEADER = sql`s.id, s.legal_entity as "legalEntity", s.number, s.kind, s.resource,
  s.posted_on as "postedOn", s.entry_id as entry, s.reverses,
  (select r.id from erp_projects.time_sheet r where r.reverses = s.id) as "reversedBy", s.reason,
  s.created_by as "createdBy", s.created_at as "createdAt"`;

/** Which sheets to list. */
export type TimeFilter = {
  readonly legalEntity?: string;
  readonly project?: string;
  readonly resource?: string;
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Time sheets, the newest first. */
export async function listTimeSheets(
  handle: Handle,
  filter: TimeFilter,
): Promise<readonly TimeSheet[]> {
  const { legalEntity = null, project = null, resource = null, after = null } = filter;
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_projects.time_sheet s
      where (${legalEntity}::text is null or s.legal_entity = ${legalEntity})
        and (${resource}::text is null or s.resource = ${resource})
        and (${project}::text is null or exists (select from erp_projects.time_line l
          where l.sheet_id = s.id and l.project_id = ${project}))
        and s.posted_on >= ${filter.from ?? '-infinity'}::date
        and s.posted_on <= ${filter.to ?? 'infinity'}::date
        and (${after}::text is null or (s.posted_on, s.id) <
          (select a.posted_on, a.id from erp_projects.time_sheet a where a.id = ${after}))
      order by s.posted_on desc, s.id desc limit ${filter.limit}`,
  );
  return await withLines(handle, found);
}

/** Time sheets by id. */
export async function findTimeSheets(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TimeSheet>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_projects.time_sheet s where s.id = any(${[...ids]})`,
  );
  return new Map((await withLines(handle, found)).map((sheet) => [sheet.id, sheet]));
}

async function withLines(handle: Handle, heads: readonly Header[]): Promise<readonly TimeSheet[]> {
  const lines = await rows<TimeLine & { readonly sheet: string }>(
    handle,
    sql`select sheet_id as sheet, number, project_id as project, task, worked_on as "workedOn",
        hours::text as hours, cost_rate::text as "costRate", cost::text as cost,
        bill_rate::text as "billRate", charge::text as charge, text
      from erp_projects.time_line where sheet_id = any(${heads.map(({ id }) => id)})
      order by sheet_id, number`,
  );
  const bySheet = Map.groupBy(lines, ({ sheet }) => sheet);
  return heads.map((head) => ({
    ...head,
    lines: (bySheet.get(head.id) ?? []).map(({ sheet: _sheet, ...line }) => line),
  }));
}
