import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#database';
import { listLegalEntities } from '#erp/company';
import { RialtoError } from '#kernel';
import { readCompany } from '#living-company';
import { lastPosition } from '#records';
import { changesPlaces, createIntegration, listIntegrations } from '#sync';
import type { LivingCompany } from './living-company.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Doing, WorkProgress } from './long-work.ts';
import { isSample, SAMPLE } from './sample.ts';

/** What a start brings when nothing else is there. */
const FIRST = { size: 'small', seed: 7, years: 1, live: true } as const;
const BY = 'Rialto';
const QUARTERS = 4;
const LOOK_MS = 500;
const READING = 'reading'; // What is said of work that is no month.

type House = {
  readonly database: Database;
  readonly company: LivingCompany;
  readonly runs: LiveRuns;
};

/** Connects the sample company where nothing has ever been connected, booked or founded. */
export async function connectSample(database: Database): Promise<void> {
  const isUsed =
    (await listIntegrations(database)).length > 0 ||
    (await lastPosition(database.kysely)) > 0n ||
    (await listLegalEntities(database.kysely)).length > 0;
  if (isUsed) return;
  const settings = { entity: SAMPLE.entity };
  const { name, adapter } = SAMPLE;
  await createIntegration(database, { name, adapter, settings, mapping: adapter });
}

/**
 * Founds the sample company where it is connected and not there yet, or goes on with a history that
 * was broken off. It is done in the background; `say` hears how far it is.
 */
export async function beginCompany(house: House, say: (line: string) => void): Promise<void> {
  const { database, company, runs } = house;
  const state = await readCompany(database.kysely);
  const isConnected = (await listIntegrations(database)).some(
    (each) => each.name === SAMPLE.name && isSample(each),
  );
  const tell = inSteps(say);
  const after = isConnected ? readBooks(house, say) : undefined;
  const besides = { tell, ...(after === undefined ? {} : { after }) };
  if (state === undefined && isConnected) {
    say('A sample company is being founded. It trades while Rialto runs; --empty starts without.');
    const before = async (): Promise<void> => {
      await company.found(FIRST, BY);
      await runs.finish(SAMPLE.name); // What is booked from here on arrives by itself.
    };
    company.goOn(BY, { ...besides, before });
    return;
  }
  const isBrokenOff = state?.status === 'writing' && state.wantedUntil !== null;
  const isUnread = isConnected && (await changesPlaces(database, SAMPLE.name)).size === 0;
  if (isBrokenOff || isUnread) company.goOn(BY, besides);
}

/** Says how far a history is, a quarter at a time. */
function inSteps(say: (line: string) => void): (progress: WorkProgress) => void {
  let said = 0;
  return ({ what, done, expected = done }) => {
    const quarters = Math.floor((done / expected) * QUARTERS);
    if (quarters <= said) return;
    said = quarters;
    say(`The sample company's history is written up to ${what} (${quarters * 25} %).`);
  };
}

/** Reads what was booked into the records, to the end, and says when all of it can be asked for. */
const readBooks =
  ({ runs }: House, say: (line: string) => void): Doing<void> =>
  async ({ signal, tell }) => {
    tell({ what: READING, done: 0 });
    while ((await runs.finish(SAMPLE.name, { signal }).catch(unlessRunning)) === undefined) {
      await pause(LOOK_MS, undefined, { signal });
    }
    signal.throwIfAborted();
    say("All of the sample company's books can be asked for now.");
  };

/** Somebody else has begun to read it: what was booked meanwhile is read after that. */
function unlessRunning(error: unknown): undefined {
  if (error instanceof RialtoError && error.code === 'sync.already-running') return undefined;
  throw error;
}
