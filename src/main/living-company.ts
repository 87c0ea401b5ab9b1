import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '#api';
import { transact } from '#database';
import type { Database } from '#database';
import { addMonths, dateOf, addDays, localDate, partsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import {
  checkNobodyLives,
  openLife,
  readCompany,
  readTruth,
  setLive,
  writeHistory,
} from '#living-company';
import type { History, Life } from '#living-company';
import { mainError } from './errors.ts';
import { openLongWork } from './long-work.ts';
import type { Undo } from './opening.ts';
import { plain } from './plain.ts';

type Deps = { readonly database: Database; readonly clock: Clock; readonly dataDir: string };
type Service = Services['livingCompany'];

const NAME = 'history';
const MONTHS = 12;
const STEP_MS = 5_000;

/** The company that lives in the embedded ERP, as the API shows it. */
export function livingCompany(deps: Deps): Service {
  const { database, clock, dataDir } = deps;
  const works = openLongWork<History>(clock);
  const stand: Service['stand'] = async () => {
    const company = await readCompany(database.kysely);
    const last = works.last(NAME);
    return plain({ company: company ?? null, last: last ?? null });
  };
  return {
    stand,
    async simulate({ size = 'small', seed = 7, years = 3, live = false }, by) {
      if (works.last(NAME)?.status !== 'running') await checkNobodyLives(database.kysely);
      const until = addDays(localDate(clock().slice(0, 10)), -1);
      const [year, month] = partsOf(until);
      const startedOn = addMonths(dateOf(year, month, 1), -MONTHS * years + 1);
      const begun = works.begin(NAME, by, async ({ signal, tell }) => {
        const plan = { size, seed, startedOn };
        const wish = { plan, until, by, signal, tell };
        const history = await writeHistory({ database, clock }, wish).finally(() =>
          writeTruth(database, dataDir),
        );
        if (live) await transact(database, (tx) => setLive(tx, true));
        return history;
      });
      if (begun !== undefined) return plain(begun);
      throw mainError('conflict', 'main.simulation-running', 'founding a company', {
        remedy: 'One is being written: wait for its end, or cancel it.',
      });
    },
    async cancel() {
      await works.cancel(NAME);
      return stand();
    },
    async setLive(isLive) {
      if (isLive) await openLife({ database, clock }); // Says why it cannot be taken up.
      await transact(database, (tx) => setLive(tx, isLive));
      return stand();
    },
  };
}

const PAGE = 5_000;

/** Writes what is odd in the company's books into the data folder, one line of JSON each. */
async function writeTruth(database: Database, dataDir: string): Promise<void> {
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

/** While it is to, the company trades in real time. */
export function runLivingCompany(
  { database, clock, dataDir }: Deps,
  { undo, onError }: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): void {
  const closing = new AbortController();
  const { signal } = closing;
  let life: Life | undefined;
  let toldUntil: string | null | undefined;
  const step = async (): Promise<void> => {
    const company = await readCompany(database.kysely);
    if (company?.isLive !== true) {
      life = undefined;
      return;
    }
    life ??= await openLife({ database, clock });
    await life.step(signal);
    if (toldUntil !== company.livedUntil) await writeTruth(database, dataDir);
    toldUntil = company.livedUntil;
  };
  const living = (async () => {
    while (!signal.aborted) {
      await step().catch((error: unknown) => {
        life = undefined; // What it remembers may not be what was booked.
        if (!signal.aborted) onError(error);
      });
      await pause(STEP_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  undo.add(async () => {
    closing.abort();
    await living;
  });
}
