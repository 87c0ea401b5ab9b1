/** Runs the program on the pinned Node, and ends it whenever the launcher ends. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { inLongTurns } from './long-turns.mjs';
import { endTogether, passSignals } from './pass-signals.mjs';
import { ROOT, stopWith } from './place.mjs';

const NODE_MIN = 24;
const LEASH = new URL('./leash.mjs', import.meta.url).href;

/** The Node of the npm package for this platform; else this one, when it is new enough. */
function findNode() {
  const { platform, arch, versions, execPath } = process;
  const file = platform === 'win32' ? 'win-x64/bin/node.exe' : `${platform}-${arch}/bin/node`;
  const pinned = join(ROOT, 'node_modules', `node-${file}`);
  if (existsSync(pinned)) return pinned;
  if (Number(versions.node.split('.')[0]) >= NODE_MIN) return execPath;
  return stopWith(
    `npm has no Node ${NODE_MIN} for ${platform} ${arch}, and this is Node ${versions.node}.`,
    `Install Node ${NODE_MIN} from https://nodejs.org, then run the same command again.`,
  );
}

/** The script behind a package's command: 'vitest', or 'typescript' with 'tsc'. */
export function binOf(name, command = name.split('/').at(-1)) {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * How Node is started. The space for young objects stays small: left alone it grows with how much
 * passes through, and the memory of a sync with the size of its files.
 */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=16',
  '--heap-growing-percent=200', // Else what is done with is kept longer the more data there is.
];

/**
 * Runs a script on the pinned Node with this terminal; answers its exit code. Signals are passed
 * on. `leashed`: it ends when we are killed. `serves`: much of it is at work at the same time.
 */
export function runNode(args, { env = {}, leashed = false, serves = false } = {}) {
  const node = findNode();
  const words = [...NODE_FLAGS, ...(leashed ? [`--import=${LEASH}`] : []), ...args];
  const [command, rest] = serves ? inLongTurns(node, words) : [node, words];
  const child = spawn(command, rest, {
    cwd: leashed ? process.cwd() : ROOT,
    stdio: ['inherit', 'inherit', 'inherit', ...(leashed ? ['ipc'] : [])],
    env: environment(node, env),
  });
  // Ctrl-C reaches the script by itself, and a second SIGINT would end it at once: so SIGTERM.
  passSignals(child, (signal) => {
    if (signal !== 'SIGINT') return signal;
    if (leashed) return 'SIGTERM';
    return process.stdin.isTTY === true ? undefined : signal;
  });
  return ended(child);
}

/** Runs a script quietly; answers its exit code and all it said. */
export async function captureNode(args, env = {}) {
  const node = findNode();
  const child = spawn(node, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(node, env),
  });
  endTogether(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
    });
  }
  return { code: await ended(child), said };
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => stopWith(error.message, 'Run `npm ci`, then try again.'));
    child.on('close', (code, signal) => {
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** What Node makes of the sources is kept beside the packages: reading them anew is half of a start. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'rialto-compiled');

function environment(node, more) {
  const bins = [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''];
  const quiet = { npm_config_loglevel: 'error' };
  const kept = { NODE_COMPILE_CACHE: COMPILED };
  return { ...kept, ...process.env, ...quiet, ...more, PATH: bins.join(delimiter) };
}
