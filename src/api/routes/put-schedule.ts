import { route } from '../route.ts';

/** Sets when a source is read by itself, by the clock of the company. */
export const putSchedule = route({
  name: 'putSchedule',
  summary: 'Sets when a source is read by itself, by the clock of the company.',
  permission: 'integrations:write',
  audit: { around: 'schedules.set' },
  errors: ['sync.no-integration', 'workflow.bad-schedule'],
  handle({ params, body, principal, note }, { schedules }) {
    note({ details: body });
    return schedules.put(params.name, body, principal.id);
  },
});
