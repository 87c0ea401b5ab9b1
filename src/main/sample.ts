import { RECORD_KINDS } from '#canonical';
import { transact } from '#database';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { ENTITIES } from '#living-company';
import { applyPage, streamRecords } from '#records';
import { deleteIntegration, listIntegrations } from '#sync';
import type { Integration } from '#sync';
import type { LivingCompany } from './living-company.ts';

/** The integration that reads the sample company: one legal entity of the company that lives here. */
export const SAMPLE = { name: 'nordwerk', adapter: 'embedded', entity: 'NWDE' } as const;

/** What it was until there was a company that lives: files. Data folders of then still have it. */
const FORMER = { name: 'sample', adapter: 'file' } as const;

const PAGE = 2_000;

/** Whether an integration reads the sample company, which retires when a real source is connected. */
export const isSample = ({ name, adapter }: Pick<Integration, 'name' | 'adapter'>): boolean =>
  [SAMPLE, FORMER].some((each) => each.name === name && each.adapter === adapter);

/** Whether an integration reads another legal entity of the same company: it comes beside it. */
export const isOfCompany = ({ adapter, settings }: Integration): boolean =>
  adapter === SAMPLE.adapter && ENTITIES.some(({ code }) => code === settings['entity']);

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly company: Pick<LivingCompany, 'cancel' | 'setLive'>;
};

/** Forgets the sample company's source and removes its records; the company itself rests. */
export async function retireSamples(deps: Deps): Promise<number> {
  const { database, company } = deps;
  for (const { name } of (await listIntegrations(database)).filter(isSample)) {
    // First the source: what a run of it still does fails then, and leaves nothing behind.
    await deleteIntegration(database, name);
    if (name !== SAMPLE.name) continue;
    await company.cancel();
    await company.setLive(false);
  }
  return removeLeftovers(deps);
}

/** Removes what is left of sample companies whose sources are gone, each record with its log entry. */
export async function removeLeftovers(deps: Pick<Deps, 'database' | 'clock'>): Promise<number> {
  const left = (await listIntegrations(deps.database)).map(({ name }) => name);
  let removed = 0;
  for (const { name } of [SAMPLE, FORMER]) {
    if (!left.includes(name)) removed += await removeRecords(deps, name);
  }
  return removed;
}

async function removeRecords(
  { database, clock }: Pick<Deps, 'database' | 'clock'>,
  integration: string,
): Promise<number> {
  let removed = 0;
  for (const kind of RECORD_KINDS.toReversed()) {
    // What points at others goes first.
    const keys: string[] = [];
    const query = { kind, integration, filters: [] };
    for await (const record of streamRecords(database.kysely, query)) keys.push(record.key);
    for (let start = 0; start < keys.length; start += PAGE) {
      const removedKeys = keys.slice(start, start + PAGE);
      const applied = await transact(database, (transaction) =>
        applyPage(transaction, {
          integration,
          kind,
          drafts: [],
          removedKeys,
          cause: 'command',
          seenAt: clock(),
        }),
      );
      removed += applied.deleted;
    }
  }
  return removed;
}
