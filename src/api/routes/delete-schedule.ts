import { route } from '../route.ts';

/** Takes a schedule away: the source is read when somebody asks. */
export const deleteSchedule = route({
  name: 'deleteSchedule',
  summary: 'Takes a schedule away: the source is read when somebody asks.',
  permission: 'integrations:write',
  audit: { around: 'schedules.dropped' },
  errors: ['sync.no-integration'],
  async handle({ params }, { schedules }) {
    await schedules.drop(params.name);
    return { ok: true };
  },
});
