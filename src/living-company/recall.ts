import type { Handle } from '#database';
import { daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Memory } from './book/memory.ts';
import { readCompany, readNames } from './company-state.ts';
import type { CompanyState } from './company-state.ts';
import { readDocuments } from './documents.ts';
import { livingError } from './errors.ts';
import { openWorld, WORLD } from './world/world.ts';
import type { World } from './world/world.ts';

/** A company as it stands: its world is lived up to the last day that is booked wholly. */
type Recalled = {
  readonly company: CompanyState;
  readonly world: World;
  readonly memory: Memory;
};

/**
 * Recalls the company from what is kept of it, or one of its legal entities, lived up to a day that may
 * be ahead. Fails with `living-company.none`, and with `living-company.other-world`.
 */
export async function recall(
  handle: Handle,
  of: { readonly only?: string; readonly until?: LocalDate } = {},
): Promise<Recalled> {
  const company = await companyHere(handle);
  const { startedOn, size, seed, refused } = company;
  const { only, until = company.livedUntil } = of;
  const world = openWorld({ size, seed, startedOn }, only === undefined ? undefined : [only]);
  const days = until === null ? 0 : daysBetween(startedOn, until) + 1;
  for (let left = days; left > 0; left -= 1) world.live();
  const memory: Memory = {
    names: await readNames(handle),
    documents: await readDocuments(handle, until),
    refused: new Map(Object.entries(refused)),
  };
  return { company, world, memory };
}

/** The company that lives here. Fails with `living-company.none`, and with `living-company.other-world`. */
export async function companyHere(handle: Handle): Promise<CompanyState> {
  const company = await readCompany(handle);
  if (company === undefined) {
    throw livingError('not-found', 'living-company.none', 'taking the company up', {
      remedy: 'Found one with `rialto simulate`.',
    });
  }
  if (company.world === WORLD) return company;
  throw livingError('conflict', 'living-company.other-world', 'taking the company up', {
    remedy:
      'An earlier version of Rialto founded it. It rests, and its books stay. Found another one in an empty data folder.',
  });
}
