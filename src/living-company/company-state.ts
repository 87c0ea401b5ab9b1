import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { addDays } from '#kernel/time';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { Noted } from './book/desk.ts';
import type { Names } from './book/names.ts';
import type { Plan, Size } from './world/plan.ts';

/** A company that lives here, as it is kept. */
export type CompanyState = {
  readonly size: Size;
  readonly seed: number;
  readonly startedOn: LocalDate;
  readonly livedUntil: LocalDate | null; // The last day that is booked wholly.
  readonly livedMinute: number; // Of the day after: what happened before is booked.
  readonly status: 'writing' | 'resting';
  readonly isLive: boolean;
  readonly foundedBy: string;
  readonly foundedAt: Instant;
  readonly refused: Readonly<Record<string, number>>;
};

/** Documents by legal entity, then by the world's key. */
export type Documents = Map<string, Map<string, Noted>>;

/** What later days refer to is no older than this. */
const REMEMBERED_DAYS = 240;

/** The company that lives here, if there is one. */
export async function readCompany(handle: Handle): Promise<CompanyState | undefined> {
  const [found] = await rows<CompanyState>(
    handle,
    sql`select size, seed, started_on as "startedOn", lived_until as "livedUntil",
        lived_minute as "livedMinute", status, is_live as "isLive", founded_by as "foundedBy",
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
  by: { readonly by: string; readonly at: Instant },
): Promise<void> {
  await rows(
    tx,
    sql`insert into living_company.company
        (size, seed, started_on, status, founded_by, founded_at)
      values (${plan.size}, ${plan.seed}, ${plan.startedOn}, 'writing', ${by.by}, ${by.at})`,
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

const DOCUMENT = {
  legal_entity: 'text',
  key: 'text',
  id: 'text',
  number: 'text',
  item: 'text',
  amount: 'numeric',
  noted_on: 'date',
} as const;

/** Keeps documents that were booked, and forgets what nothing refers to any more. */
export async function keepDocuments(
  tx: Handle,
  documents: ReadonlyMap<string, ReadonlyMap<string, Noted>>,
  on: LocalDate,
): Promise<void> {
  const oldest = addDays(on, -REMEMBERED_DAYS);
  await rows(tx, sql`delete from living_company.document where noted_on < ${oldest}`);
  const values = [...documents].flatMap(([entity, own]) =>
    [...own].flatMap(([key, { id, number, item, amount, on: notedOn }]) =>
      notedOn < oldest
        ? []
        : [{ legal_entity: entity, key, id, number, item, amount, noted_on: notedOn }],
    ),
  );
  await insertRows(tx, 'living_company.document', DOCUMENT, values);
}

/** What was booked and is still referred to. */
export async function readDocuments(handle: Handle): Promise<Documents> {
  const found = await rows<{
    entity: string;
    key: string;
    id: string;
    number: string;
    item: string | null;
    amount: Decimal | null;
    on: LocalDate;
  }>(
    handle,
    sql`select legal_entity as entity, key, id, number, item, amount::text as amount,
        noted_on as on from living_company.document`,
  );
  const documents: Documents = new Map();
  for (const { entity, key, item, amount, ...rest } of found) {
    const own = documents.get(entity) ?? new Map<string, Noted>();
    documents.set(entity, own);
    const more = { ...(item === null ? {} : { item }), ...(amount === null ? {} : { amount }) };
    own.set(key, { ...rest, ...more });
  }
  return documents;
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
