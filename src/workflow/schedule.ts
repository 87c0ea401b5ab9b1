import { notify, rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import type { Clock, Instant } from '#kernel/time';
import { addJob, JOBS_CHANNEL } from './add-job.ts';
import { nextTime } from './cron.ts';
import type { CronTime } from './cron.ts';
import { workflowError } from './errors.ts';

/** Work that is begun by the clock, in the time zone that people there live by. */
export type Schedule = CronTime & {
  readonly name: string;
  readonly kind: string;
  readonly input: JsonObject;
  readonly priority: number;
  readonly paused: boolean;
  readonly nextAt: Instant;
  readonly by: string; // Who set it so.
};

type ScheduleRow = Omit<Schedule, 'timeZone' | 'nextAt'> & {
  readonly time_zone: string;
  readonly next_at: Instant;
};

/** Sets a schedule, or changes it. Fails with `workflow.bad-schedule`. */
export async function putSchedule(
  handle: Handle,
  schedule: Omit<Schedule, 'nextAt'>,
  at: Instant,
): Promise<Schedule> {
  const nextAt = nextTime(schedule, at);
  const { name, kind, input, cron, timeZone, priority, paused, by } = schedule;
  await rows(
    handle,
    sql`insert into workflow.schedule
        (name, kind, input, cron, time_zone, priority, paused, next_at, by, updated_at)
      values (${name}, ${kind}, ${canonicalJson(input)}, ${cron}, ${timeZone}, ${priority},
        ${paused}, ${nextAt}, ${by}, ${at})
      on conflict (name) do update set kind = excluded.kind, input = excluded.input,
        cron = excluded.cron, time_zone = excluded.time_zone, priority = excluded.priority,
        paused = excluded.paused, next_at = excluded.next_at, by = excluded.by,
        updated_at = excluded.updated_at`,
  );
  await notify(handle, JOBS_CHANNEL);
  return { ...schedule, nextAt };
}

/** Stops a schedule from beginning anything, or lets it again: from now on, nothing is made up for. */
export async function pauseSchedule(
  handle: Handle,
  name: string,
  paused: boolean,
  deed: { readonly by: string; readonly at: Instant },
): Promise<Schedule> {
  const found = (await listSchedules(handle)).find((schedule) => schedule.name === name);
  if (found === undefined) throw unknownSchedule(name);
  return await putSchedule(handle, { ...found, paused, by: deed.by }, deed.at);
}

/** Takes a schedule away; jobs that it began go on. */
export async function dropSchedule(handle: Handle, name: string): Promise<void> {
  const gone = await rows(
    handle,
    sql`delete from workflow.schedule where name = ${name} returning name`,
  );
  if (gone.length === 0) throw unknownSchedule(name);
}

/** All schedules by name. */
export async function listSchedules(handle: Handle): Promise<readonly Schedule[]> {
  const found = await rows<ScheduleRow>(
    handle,
    sql`select name, kind, input, cron, time_zone, priority, paused, next_at, by
      from workflow.schedule order by name`,
  );
  return found.map(({ time_zone: timeZone, next_at: nextAt, ...rest }) => ({
    ...rest,
    timeZone,
    nextAt,
  }));
}

/**
 * Begins what is due: one job for each schedule, however many times were missed, and none while the
 * one before is still open. Several workers begin each only once.
 */
export async function beginDue(database: Database, clock: Clock): Promise<void> {
  const at = clock();
  await transact(database, async (tx) => {
    const due = await rows<ScheduleRow>(
      tx,
      sql`select name, kind, input, cron, time_zone, priority, paused, next_at, by
        from workflow.schedule where not paused and next_at <= ${at} for update skip locked`,
    );
    for (const { name, kind, input, priority, cron, time_zone: timeZone, by } of due) {
      const onlyOne = `schedule ${name}`;
      await addJob(tx, { kind, input, priority, by, onlyOne, schedule: name }, at);
      const nextAt = nextTime({ cron, timeZone }, at);
      await rows(tx, sql`update workflow.schedule set next_at = ${nextAt} where name = ${name}`);
    }
  });
}

function unknownSchedule(name: string): Error {
  const remedy = 'Look at the list of schedules.';
  const message = `there is no schedule '${name}'`;
  return workflowError('not-found', 'workflow.unknown-schedule', message, remedy);
}
