import { route } from '../route.ts';

/** Says when a source is read by itself. */
export const getSchedule = route({
  name: 'getSchedule',
  summary: 'Says when a source is read by itself.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: async ({ params }, { schedules }) => ({
    schedule: (await schedules.find(params.name)) ?? null,
  }),
});
