import { insertRows } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { TimeSheet } from './time-sheet.ts';

const SHEET = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  resource: 'text',
  posted_on: 'date',
  entry_id: 'text',
  reverses: 'text',
  reason: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const LINE = {
  sheet_id: 'text',
  number: 'integer',
  resource: 'text',
  project_id: 'text',
  task: 'text',
  worked_on: 'date',
  hours: 'numeric',
  cost_rate: 'numeric',
  cost: 'numeric',
  bill_rate: 'numeric',
  charge: 'numeric',
  text: 'text',
} as const;

/** A sheet as it is written. */
export type NewSheet = Omit<TimeSheet, 'legalEntity' | 'reversedBy' | 'createdBy' | 'createdAt'>;

/** Writes posted time sheets with their lines. */
export async function writeTime(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  sheets: readonly NewSheet[],
): Promise<void> {
  const now = clock();
  const heads = sheets.map(({ id, number, kind, resource, postedOn, entry, reverses, reason }) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind,
    resource,
    posted_on: postedOn,
    entry_id: entry,
    reverses,
    reason,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.time_sheet', SHEET, heads);
  const lines = sheets.flatMap(({ id, resource, lines: own }) =>
    own.map((line) => ({
      sheet_id: id,
      number: line.number,
      resource,
      project_id: line.project,
      task: line.task,
      worked_on: line.workedOn,
      hours: line.hours,
      cost_rate: line.costRate,
      cost: line.cost,
      bill_rate: line.billRate,
      charge: line.charge,
      text: line.text,
    })),
  );
  await insertRows(tx, 'erp_projects.time_line', LINE, lines);
}
