import { route } from '../route.ts';
import { pageOfRows } from '../views/rows-in-memory.ts';
import { scheduleRows } from '../views/schedule.ts';

/** Lists which sources are read by themselves, and when next. */
export const listSchedules = route({
  name: 'listSchedules',
  summary: 'Lists which sources are read by themselves, and when next.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no secrets' },
  errors: [],
  handle: async ({ query }, services) => pageOfRows(await scheduleRows(services, query), query),
});
