import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROCESSES = '/proc'; // Where Linux tells of them; elsewhere everything here is 0.

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
};

/** The fields of a process's stat from its parent on. */
const fieldsOf = (pid: number): readonly string[] => {
  const stat = read(join(PROCESSES, `${pid}`, 'stat'));
  return stat.slice(stat.lastIndexOf(') ') + 4).split(' ');
};

const secondsIn = (fields: readonly string[], from: number): number =>
  (Number(fields[from] ?? 0) + Number(fields[from + 1] ?? 0)) / 100; // Ticks of a hundredth.

/** Processor time of one process so far (Linux). */
export const secondsOf = (pid: number): number => secondsIn(fieldsOf(pid), 10);

/** A number that the system tells of a process in kilobytes, in megabytes. */
export const megabytes = (pid: number, file: string, of: RegExp): number =>
  Number(of.exec(read(join(PROCESSES, `${pid}`, file)))?.[1] ?? 0) / 1_024;

const membersOf = (parent: number): readonly number[] =>
  (existsSync(PROCESSES) ? readdirSync(PROCESSES) : [])
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid === parent || Number(fieldsOf(pid)[0]) === parent);

/** Processor time of a process and its children so far, those that have ended too (Linux). */
export const familySeconds = (parent: number): number =>
  membersOf(parent).reduce((sum, pid) => sum + secondsOf(pid), secondsIn(fieldsOf(parent), 12));

/** What a process and its children hold of memory, what they share counted once, in MB (Linux). */
export const familyMegabytes = (parent: number): number =>
  membersOf(parent).reduce((sum, pid) => sum + megabytes(pid, 'smaps_rollup', /^Pss:\s+(\d+)/m), 0);

/** The first process of the PostgreSQL whose cluster lies in a folder. */
export const postmasterIn = (cluster: string): number =>
  Number(read(join(cluster, 'postmaster.pid')).split('\n')[0]);
