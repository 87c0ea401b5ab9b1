/** How a server is started so that its parts let each other finish. */
import { spawnSync } from 'node:child_process';

const CHRT = ['chrt', '--batch', '0'];

/**
 * A command and its arguments, on Linux as a batch (SCHED_BATCH): it, and PostgreSQL under it, then
 * take no processor from each other when a message arrives: the slowest requests wait less.
 * Where `chrt` is missing or may not, as it is.
 */
export function inLongTurns(command, args) {
  if (process.platform !== 'linux') return [command, args];
  const [chrt, ...how] = CHRT;
  if (spawnSync(chrt, [...how, 'true'], { stdio: 'ignore' }).status !== 0) return [command, args];
  return [chrt, [...how, command, ...args]];
}
