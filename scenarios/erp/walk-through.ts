/** Runs the shell of a guide as a reader would, block by block, and says what each printed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const GUIDES = join(import.meta.dirname, '../../docs/guides');
const BLOCKS = /```sh\n(?<shell>[\s\S]*?)```\n```text\n(?<text>[\s\S]*?)```/g;
const LAUNCHER = join(import.meta.dirname, '../../launcher/rialto.mjs');
const BETWEEN = '=== the next block ===';

/** A block of a guide: what it says is printed, and what was. */
type Block = { readonly said: string; readonly printed: string };

/** A guide that was followed to its end, and the Rialto that it was followed on. */
export type WalkThrough = {
  readonly blocks: readonly Block[];
  readonly rialto: RunningRialto;
  stop(): Promise<void>;
};

/** Follows a guide on a fresh Rialto, with its one shell going on from block to block. */
export async function walkThrough(guide: string): Promise<WalkThrough> {
  const found = [...readFileSync(join(GUIDES, guide), 'utf8').matchAll(BLOCKS)];
  const rialto = await startRialto({ flags: ['--empty'] });
  const folder = mkdtempSync(join(tmpdir(), 'rialto-walk-'));
  const script = [
    `. '${join(GUIDES, 'erp.sh')}'`,
    `rialto() { node '${LAUNCHER}' "$@" --data-dir '${rialto.dataDir}'; }`, // As installed.
    ...found.map(({ groups }) => `${groups?.['shell'] ?? ''}echo '${BETWEEN}'`),
  ].join('\n');
  const printed = (await shell(script, folder, rialto)).split(`${BETWEEN}\n`);
  return {
    blocks: found.map(({ groups }, at) => ({
      said: groups?.['text'] ?? '',
      printed: printed[at] ?? '',
    })),
    rialto,
    stop: async () => {
      await rialto.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function shell(script: string, folder: string, rialto: RunningRialto): Promise<string> {
  const server = readFileSync(join(rialto.dataDir, 'server.json'), 'utf8');
  const { address, token } = z
    .object({ address: z.string(), token: z.string() })
    .parse(JSON.parse(server));
  const child = spawn('bash', ['-c', script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ADDRESS: address,
      TOKEN: token,
      PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  await new Promise((resolve) => child.once('close', resolve));
  return printed;
}
