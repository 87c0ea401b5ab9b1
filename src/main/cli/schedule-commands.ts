import type { Schedule } from '#api-contract/connection';
import { EXIT_CODES } from '../errors.ts';
import { printJson } from './print.ts';
import type { Context } from './source-commands.ts';

/** Says when a source is read by itself. */
export async function showSchedule({ client, json }: Context, name: string): Promise<number> {
  const { schedule } = await client.call('getSchedule', { params: { name } });
  if (json) printJson(schedule);
  else
    console.log(schedule === null ? `${name} is read when somebody asks.` : told(name, schedule));
  return EXIT_CODES.done;
}

/** Sets when a source is read by itself. */
export async function setSchedule(
  { client, json }: Context,
  name: string,
  body: { readonly cron: string; readonly paused: boolean },
): Promise<number> {
  const schedule = await client.call('putSchedule', { params: { name }, body });
  if (json) printJson(schedule);
  else console.log(told(name, schedule));
  return EXIT_CODES.done;
}

/** Takes a schedule away. */
export async function dropSchedule({ client, json }: Context, name: string): Promise<number> {
  const reply = await client.call('deleteSchedule', { params: { name } });
  if (json) printJson(reply);
  else console.log(`${name} is read when somebody asks.`);
  return EXIT_CODES.done;
}

function told(name: string, { cron, timeZone, paused, nextAt }: Schedule): string {
  const when = paused ? 'paused' : `next ${nextAt}`;
  return `${name} is read by '${cron}' (${timeZone}): ${when}. Rialto has to be running then.`;
}
