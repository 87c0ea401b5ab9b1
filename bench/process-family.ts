import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
};

/** The fields of a process's stat from its parent on. */
const fieldsOf = (pid: number): readonly string[] => {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(') ') + 4).split(' ');
};

const secondsIn = (fields: readonly string[], from: number): number =>
  (Number(fields[from] ?? 0) + Number(fields[from + 1] ?? 0)) / 100; // Ticks of a hundredth.

/** Processor time of one process so far (Linux). */
export const secondsOf = (pid: number): number => secondsIn(fieldsOf(pid), 10);

/** A number that the system tells of a process in kilobytes, in megabytes. */
export const megabytes = (pid: number, file: string, of: RegExp): number =>
  Number(of.exec(read(`/proc/${pid}/${file}`))?.[1] ?? 0) / 1_024;

/** Processor time of a process and its children, those that have ended too, and their memory, shared parts once. */
export function familyOf(parent: number): { readonly seconds: number; readonly megabytes: number } {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid === parent || Number(fieldsOf(pid)[0]) === parent);
  const ended = secondsIn(fieldsOf(parent), 12);
  return {
    seconds: pids.reduce((sum, pid) => sum + secondsOf(pid), ended),
    megabytes: pids.reduce((sum, pid) => sum + megabytes(pid, 'smaps_rollup', /^Pss:\s+(\d+)/m), 0),
  };
}
