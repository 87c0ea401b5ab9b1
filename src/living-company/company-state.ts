import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant, LocalDate } from '#kernel/time';
import type { Names } from './book/names.ts';
import type { Plan, Size } from './world/plan.ts';
import { WORLD } from './world/world.ts';

/** A company that lives here, as it is kept. */
export type CompanyState = {
  readonly size: Size;
  readonly seed: number;
  readonly startedOn: LocalDate;
  readonly world: number; // That it was founded in.
  readonly livedUntil: LocalDate | null; // The last day that is booked wholly.
  readonly livedMinute: number; // Of the day after: what happened before is booked.
  readonly wantedUntil: LocalDate | null; // The last day that its history is to have.
  readonly status: 'writing' | 'resting'; // Writing: history is written, or was broken off.
  readonly isLive: boolean;
  readonly foundedBy: string;
  readonly foundedAt: Instant;
  readonly refused: Readonly<Record<string, number>>;
};

/** The company that lives here, if there is one. */
export async function readCompany(handle: Handle): Promise<CompanyState | undefined> {
  const [found] = await rows<CompanyState>(
    handle,
    sql`select size, seed, started_on as "startedOn", world, lived_until as "livedUntil",
        lived_minute as "livedMinute", wanted_until as "wantedUntil", status, is_live as "isLive", founded_by as "foundedBy",
        founded_at as "foundedAt", refused
      from living_company.company`,
  );
  return found;
}

/** Notes a company that is being founded. */
export async function keepCompany(
  tx: Handle,
  plan: Plan,
  names: Names,
  more: { readonly until: LocalDate; readonly by: string; readonly at: Instant },
): Promise<void> {
  const { until, by, at } = more;
  await rows(
    tx,
    sql`insert into living_company.company
        (size, seed, started_on, world, wanted_until, status, founded_by, founded_at)
      values (${plan.size}, ${plan.seed}, ${plan.startedOn}, ${WORLD}, ${until}, 'writing', ${by},
        ${at})`,
  );
  const values = [...names].map(([name, id]) => ({ name, id }));
  await insertRows(tx, 'living_company.name', { name: 'text', id: 'text' }, values);
}

/** The ids of what was founded with the company. */
export async function readNames(handle: Handle): Promise<Names> {
  const found = await rows<{ name: string; id: string }>(
    handle,
    sql`select name, id from living_company.name`,
  );
  return new Map(found.map(({ name, id }) => [name, id]));
}

/** Notes how far the company has lived, and what was refused. */
export async function keepProgress(
  tx: Handle,
  progress: Pick<CompanyState, 'livedUntil' | 'livedMinute' | 'status' | 'refused'>,
): Promise<void> {
  const { livedUntil, livedMinute, status, refused } = progress;
  await rows(
    tx,
    sql`update living_company.company set lived_until = ${livedUntil},
      lived_minute = ${livedMinute}, status = ${status}, refused = ${JSON.stringify(refused)}`,
  );
}

/** What a legal entity's month has come to, while the others' is not booked yet. */
export type Ahead = {
  readonly entity: string;
  readonly bookedUntil: LocalDate;
  readonly refused: Readonly<Record<string, number>>;
  readonly truth: readonly string[];
};

/** Notes a month of a legal entity together with what was booked: it is booked once. */
export const keepAhead = (
  tx: Handle,
  { entity, bookedUntil, refused, truth }: Ahead,
): Promise<readonly unknown[]> =>
  rows(
    tx,
    sql`insert into living_company.ahead (legal_entity, booked_until, refused, truth)
      values (${entity}, ${bookedUntil}, ${JSON.stringify(refused)}, ${[...truth]})`,
  );

/** The legal entities that are ahead of the company. */
export const readAhead = (handle: Handle): Promise<readonly Ahead[]> =>
  rows<Ahead>(
    handle,
    sql`select legal_entity as entity, booked_until as "bookedUntil", refused, truth
      from living_company.ahead`,
  );

/** The company has come up with all its legal entities. */
export const forgetAhead = (tx: Handle): Promise<readonly unknown[]> =>
  rows(tx, sql`delete from living_company.ahead`);

/**
 * Lets a company rest whose history is not as long as was wished. Nothing is done while one of its
 * legal entities is ahead of the others.
 */
export const endHistory = (handle: Handle): Promise<readonly unknown[]> =>
  rows(
    handle,
    sql`update living_company.company set status = 'resting',
        lived_until = coalesce(lived_until, started_on - 1),
        wanted_until = coalesce(lived_until, started_on - 1)
      where status = 'writing' and wanted_until is not null
        and not exists (select from living_company.ahead)`,
  );

/** Notes whether the company trades in real time. Answers whether there is one. */
export async function setLive(tx: Handle, isLive: boolean): Promise<boolean> {
  const changed = await rows(
    tx,
    sql`update living_company.company set is_live = ${isLive} returning 1`,
  );
  return changed.length > 0;
}

/** Writes down oddities. */
export const keepTruth = (tx: Handle, lines: readonly string[]): Promise<void> =>
  insertRows(
    tx,
    'living_company.truth',
    { line: 'text' },
    lines.map((line) => ({ line })),
  );

/** An oddity, as a line of the truth file, and its place among them. */
export type TruthLine = { readonly sequence: string; readonly line: string };

/** Oddities after a place, at most so many; all of them when nothing else is said. */
export const readTruth = (
  handle: Handle,
  page: { readonly after?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<readonly TruthLine[]> =>
  rows<TruthLine>(
    handle,
    sql`select sequence::text as sequence, line from living_company.truth
      where sequence > ${page.after ?? '0'}::bigint order by sequence
      limit ${page.limit ?? null}`,
  );

/** How many oddities there are. */
export async function countTruth(handle: Handle): Promise<number> {
  const [found] = await rows<{ count: number }>(
    handle,
    sql`select count(*)::integer as count from living_company.truth`,
  );
  return found?.count ?? 0;
}
