import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#database';
import { readTruth } from '#living-company';

const PAGE = 5_000;

/** Writes what is odd in the company's books into the data folder, one line of JSON each. */
export async function writeTruth(database: Database, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'living-company');
  mkdirSync(folder, { recursive: true });
  const [file, fresh] = [join(folder, 'truth.jsonl'), join(folder, 'truth.jsonl.new')];
  const out = createWriteStream(fresh);
  for (let after = '0'; ; ) {
    const lines = await readTruth(database.kysely, { after, limit: PAGE });
    for (const { line } of lines) out.write(`${line}\n`);
    after = lines.at(-1)?.sequence ?? after;
    if (lines.length < PAGE) break;
  }
  out.end();
  await once(out, 'finish');
  renameSync(fresh, file);
}
