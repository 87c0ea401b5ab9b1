/** Notices that the npm above us was killed, which tells nobody: neither its shell nor us. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_MS = 1000;
const SHELL = /(^|\/)-?(sh|dash|bash|ash|zsh|ksh|fish|busybox)$/;

/** Ends us as for SIGTERM once npm is gone. Does nothing outside npm, and on Windows. */
export function endWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const { name, parent: above } = look(parent);
  const inShell = SHELL.test(name) && above > 1; // Else the shell made way, and npm is the parent.
  const isGone = () => process.ppid !== parent || (inShell && look(parent).parent !== above);
  setInterval(() => isGone() && process.kill(process.pid, 'SIGTERM'), LOOK_MS).unref();
}

/** A process's name and its parent: an orphan is given another. */
function look(pid) {
  const said = process.platform === 'linux' ? statOf(pid) : askPs(pid);
  const [, name = '', parent = '0'] = said ?? [];
  return { name: name.trim(), parent: Number(parent) };
}

function statOf(pid) {
  try {
    return /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

function askPs(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', `${pid}`], { encoding: 'utf8' });
  const found = /^\s*(\d+)\s+(.*)$/m.exec(stdout ?? '');
  return found === null ? undefined : [found[0], found[2], found[1]];
}
