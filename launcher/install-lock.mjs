/** One install at a time: two npm in one folder spoil each other's work. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, say, stopWith } from './place.mjs';

const FILE = join(ROOT, '.installing');
const LOOK_MS = 500;

/** Runs `work` while no other launcher installs here; waits for one that does. */
export async function alone(work) {
  for (let waiting = false; !take(); waiting = true) {
    if (!waiting) say(`Waiting for another command that installs here (${holder()}) …`);
    await sleep(LOOK_MS);
  }
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function release() {
  rmSync(FILE, { force: true });
}

function take() {
  try {
    writeFileSync(FILE, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      stopWith(`Nothing can be written here: ${error.message}`, `Make ${ROOT} writable for you.`);
    }
    if (!isHeld()) release();
    return false;
  }
}

/** A killed launcher leaves its number behind. */
function isHeld() {
  try {
    process.kill(Number(readFileSync(FILE, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function holder() {
  try {
    return `process ${readFileSync(FILE, 'utf8')}; when that is something else, delete ${FILE}`;
  } catch {
    return 'it has just ended';
  }
}
