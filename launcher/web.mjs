/** Builds the web app when its sources are newer than what was built. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './place.mjs';
import { binOf, captureNode } from './runtime.mjs';

const SOURCES = ['web', 'src/api-contract', 'src/kernel', 'package-lock.json', 'package.json'];
const BUILT = join(ROOT, 'web', 'dist', 'index.html');

/** Answers at once when the built app is current. False: it could not be built, and said why. */
export async function ensureWebBuilt() {
  if (!existsSync(join(ROOT, 'web', 'vite.config.ts')) || isCurrent()) return true;
  say('Building the web app …');
  const { code, said } = await buildWeb();
  if (code === 0) return true;
  const ended = 'it was ended by a signal; are all packages whole? `npm ci` installs them anew';
  say(`${said}\nBuilding the web app failed${code > 128 ? `: ${ended}` : ''}.`);
  return false;
}

/** Builds it in any case. */
export function buildWeb() {
  return captureNode([binOf('vite'), 'build', 'web', '--logLevel', 'warn']);
}

function isCurrent() {
  if (!existsSync(BUILT)) return false;
  const built = statSync(BUILT).mtimeMs;
  return SOURCES.every((source) => newest(join(ROOT, source)) <= built);
}

/** A folder's own time counts too: it tells of files taken away. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const entries = readdirSync(path).filter((name) => !['dist', 'node_modules'].includes(name));
  // The web folder itself changes when `dist` is made: only what is in it counts.
  const own = path === join(ROOT, 'web') ? 0 : stat.mtimeMs;
  return Math.max(own, ...entries.map((name) => newest(join(path, name))));
}
