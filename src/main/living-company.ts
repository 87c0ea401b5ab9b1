import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '#api';
import { transact } from '#database';
import type { Database } from '#database';
import { RialtoError } from '#kernel';
import { addDays, addMonths, dateOf, localDate, partsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import {
  checkNobodyLives,
  endHistory,
  foundCompany,
  goOnWriting,
  openLife,
  readCompany,
  setLive,
} from '#living-company';
import type { CompanyState, History, Life } from '#living-company';
import { mainError } from './errors.ts';
import { openLongWork } from './long-work.ts';
import type { Doing, Work, WorkProgress } from './long-work.ts';
import type { Undo } from './opening.ts';
import { plain } from './plain.ts';
import { writeTruth } from './truth-file.ts';

type Deps = { readonly database: Database; readonly clock: Clock; readonly dataDir: string };
type Service = Services['livingCompany'];

/** What company is asked for. */
type Asked = Pick<CompanyState, 'size' | 'seed'> & {
  readonly years: number; // Of history, up to yesterday.
  readonly live: boolean;
};

/** What is done besides writing: before it, and when it is written. */
type Besides = {
  readonly before?: () => Promise<unknown>;
  readonly after?: Doing<void>;
  readonly tell?: (progress: WorkProgress) => void; // Of what is written.
};

/** The company that lives in the embedded ERP, as the API shows it and as a start needs it. */
export type LivingCompany = Service & {
  /** Founds a company; its history is still to be written. */
  found(asked: Asked, by: string): Promise<void>;
  /** Goes on with its history in the background. Undefined: that is being done. */
  goOn(by: string, besides: Besides): Work<History> | undefined;
  /** Stops writing at the end of a month: the next start goes on. */
  close(): Promise<unknown>;
};

const NAME = 'history';
const MONTHS = 12;
const STEP_MS = 5_000;

/** Opens it. */
export function livingCompany(deps: Deps): LivingCompany {
  const { database, clock, dataDir } = deps;
  const works = openLongWork<History>(clock);
  let isResumed = false;
  const stand: Service['stand'] = async () => {
    const company = await readCompany(database.kysely);
    return plain({ company: shown(company), last: works.last(NAME) ?? null });
  };
  const live = (isLive: boolean) => transact(database, (tx) => setLive(tx, isLive));
  const found: LivingCompany['found'] = async (asked, by) => {
    const until = addDays(localDate(clock().slice(0, 10)), -1);
    const [year, month] = partsOf(until);
    const startedOn = addMonths(dateOf(year, month, 1), -MONTHS * asked.years + 1);
    const plan = { size: asked.size, seed: asked.seed, startedOn };
    await foundCompany({ database, clock }, { plan, until, by });
    if (asked.live) await live(true);
  };
  const write = (by: string, { before, after, tell }: Besides) =>
    works.begin(NAME, by, async (at) => {
      await before?.();
      const { signal } = at;
      const both = (progress: WorkProgress): void => {
        at.tell(progress);
        tell?.(progress);
      };
      const writing = goOnWriting(database, { signal, tell: both });
      const history = await writing.finally(() => writeTruth(database, dataDir));
      await after?.(at);
      return history;
    });
  return {
    stand,
    found,
    goOn(by, besides) {
      isResumed = true;
      return write(by, besides);
    },
    async simulate({ size = 'small', seed = 7, years = 3, live: isLive = false }, by) {
      const running = works.last(NAME)?.status === 'running';
      const company = await readCompany(database.kysely);
      const isBrokenOff = company?.status === 'writing';
      if (!running && !isBrokenOff) await checkNobodyLives(database.kysely);
      const asked = { size, seed, years, live: isLive };
      const before = isBrokenOff ? () => live(company.isLive || isLive) : () => found(asked, by);
      const begun = write(by, { before });
      if (begun !== undefined) isResumed = false;
      const work = begun ?? (isResumed ? works.last(NAME) : undefined);
      if (work !== undefined) return plain(work);
      throw mainError('conflict', 'main.simulation-running', 'founding a company', {
        remedy: 'One is being written: wait for its end, or cancel it.',
      });
    },
    async cancel() {
      await works.cancel(NAME);
      await endHistory(database.kysely);
      return stand();
    },
    async setLive(isLive) {
      const company = await readCompany(database.kysely);
      const isWriting = company?.status === 'writing' && company.wantedUntil !== null;
      if (isLive && !isWriting) await openLife({ database, clock }); // Says why it cannot.
      await live(isLive);
      return stand();
    },
    close: () => works.cancel(NAME),
  };
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
    if (company?.isLive !== true || company.status === 'writing') {
      life = undefined;
      return;
    }
    life ??= await openLife({ database, clock });
    await life.step(signal);
    if (toldUntil !== company.livedUntil) await writeTruth(database, dataDir);
    toldUntil = company.livedUntil;
  };
  const rest = () => transact(database, (tx) => setLive(tx, false)).catch(onError);
  const living = (async () => {
    while (!signal.aborted) {
      await step().catch(async (error: unknown) => {
        life = undefined; // What it remembers may not be what was booked.
        if (isOfOtherWorld(error)) await rest();
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

/** What is shown of a company: not which world of ours it lives in. */
function shown(company: CompanyState | undefined): Omit<CompanyState, 'world'> | null {
  if (company === undefined) return null;
  const { world: _world, ...rest } = company;
  return rest;
}

/** It will not be otherwise the next time. */
const isOfOtherWorld = (error: unknown): boolean =>
  error instanceof RialtoError && error.code === 'living-company.other-world';
