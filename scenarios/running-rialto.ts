/** Starts a Rialto of its own, as a user would, and talks to it as a user would. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const START_LIMIT_MS = 180_000; // A busy machine is slow, not broken.

const ServerFile = z.object({ pid: z.number(), address: z.string(), token: z.string() });

export type CommandResult = {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
};

export type RunningRialto = {
  readonly address: string;
  readonly dataDir: string;
  /** Runs `rialto <args>` against this data directory. */
  command(...args: readonly string[]): Promise<CommandResult>;
  request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  printed(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** Starts the server in `dataDir` (a fresh folder when absent) and waits until it answers. */
export async function startRialto(
  options: { readonly dataDir?: string; readonly flags?: readonly string[] } = {},
): Promise<RunningRialto> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rialto-scenario-'));
  const flags = ['--port', '0', '--data-dir', dataDir, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [join(ROOT, 'src/main/serve.ts'), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const server = await answered(child, dataDir, () => printed);
  return {
    address: server.address,
    dataDir,
    printed: () => printed,
    command: (...args) => run([...args, '--data-dir', dataDir]),
    request: async (method, path, body) => {
      const reply = await fetch(new URL(path, server.address), {
        method,
        headers: {
          authorization: `Bearer ${server.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return reply.json();
    },
    stop: async (signal = 'SIGTERM') => {
      const gone = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
      });
      if (child.exitCode === null) {
        child.kill(signal);
        await gone;
      }
      if (signal === 'SIGTERM' && options.dataDir === undefined) {
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
  };
}

/** Runs one command of the command line to its end. */
async function run(args: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(ROOT, 'launcher/rialto.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exitCode = await new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? -1));
  });
  return { exitCode, output, errors };
}

async function answered(
  child: ChildProcess,
  dataDir: string,
  printed: () => string,
): Promise<z.infer<typeof ServerFile>> {
  const file = join(dataDir, 'server.json');
  const tries = START_LIMIT_MS / 100;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`rialto stopped at its start:\n${printed()}`);
    const server = existsSync(file) ? readServer(file) : undefined;
    if (server !== undefined && server.pid === child.pid && (await healthy(server.address))) {
      return server;
    }
    await pause(100);
  }
  child.kill('SIGKILL');
  throw new Error(`rialto did not answer within ${START_LIMIT_MS} ms:\n${printed()}`);
}

function readServer(file: string): z.infer<typeof ServerFile> | undefined {
  try {
    return ServerFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // Half written: the next look will see it whole.
  }
}

const healthy = async (address: string): Promise<boolean> =>
  fetch(new URL('/v1/health', address)).then(
    (reply) => reply.ok,
    () => false,
  );
