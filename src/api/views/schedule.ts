import type { ScheduleRow } from '#api-contract/connection';
import type { ListQuery } from '../route.ts';
import type { Services } from '../services.ts';
import { chosenRows } from './rows-in-memory.ts';

type Query = ListQuery<'listSchedules'>;

/** The schedules that fit a query, the next to begin first unless asked otherwise. */
export async function scheduleRows(
  { schedules }: Pick<Services, 'schedules'>,
  query: Query,
): Promise<readonly ScheduleRow[]> {
  const { integration, paused } = query;
  const fitting = (await schedules.list()).filter(
    (row) =>
      (integration === undefined || row.integration === integration) &&
      (paused === undefined || String(row.paused) === paused),
  );
  return chosenRows(fitting, query, {
    search: (row) => `${row.integration} ${row.cron} ${row.by}`,
    sorts: {
      integration: (row) => row.integration,
      nextAt: (row) => (row.paused ? undefined : row.nextAt), // What is paused does not begin.
    },
    first: 'nextAt',
    idOf: (row) => row.integration,
  });
}
