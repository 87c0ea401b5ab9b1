import { Cron } from 'croner';
import { instantOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { workflowError } from './errors.ts';

/** A cron expression of five fields, and whose clock it is read by. */
export type CronTime = { readonly cron: string; readonly timeZone: string };

/**
 * The first time after `after`. A time that the clock skips in spring comes as much later; one that
 * it shows twice in autumn comes once. Fails with `workflow.bad-schedule`.
 */
export function nextTime({ cron, timeZone }: CronTime, after: Instant): Instant {
  const next = tried({ cron, timeZone }, after);
  if (next !== undefined) return next;
  throw workflowError(
    'invalid',
    'workflow.bad-schedule',
    `'${cron}' never comes`,
    'Choose a day that exists.',
  );
}

function tried({ cron, timeZone }: CronTime, after: Instant): Instant | undefined {
  try {
    const pattern = new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
    const next = pattern.nextRun(after);
    return next === null ? undefined : instantOf(next.getTime());
  } catch (error) {
    throw workflowError(
      'invalid',
      'workflow.bad-schedule',
      `reading '${cron}' in '${timeZone}': ${error instanceof Error ? error.message : ''}`,
      "Five fields: minute, hour, day, month, weekday, and an IANA time zone: '30 6 * * 1-5' in 'Europe/Berlin'.",
    );
  }
}
