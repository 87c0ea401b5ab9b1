import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { FOR_EVER } from './book/desk.ts';
import type { Noted } from './book/desk.ts';

/** Documents by legal entity, then by the world's key. */
export type Documents = Map<string, Map<string, Noted>>;

/** What later days refer to is no older than this. */
const REMEMBERED_DAYS = 240;

const DOCUMENT = {
  legal_entity: 'text',
  key: 'text',
  id: 'text',
  number: 'text',
  item: 'text',
  amount: 'numeric',
  noted_on: 'date',
} as const;

/** Keeps documents that were booked. */
export async function keepDocuments(
  tx: Handle,
  documents: ReadonlyMap<string, ReadonlyMap<string, Noted>>,
): Promise<void> {
  const values = [...documents].flatMap(([entity, own]) =>
    [...own].map(([key, { id, number, item, amount, on }]) => ({
      legal_entity: entity,
      key,
      id,
      number,
      item,
      amount,
      noted_on: on,
    })),
  );
  await insertRows(tx, 'living_company.document', DOCUMENT, values);
}

/** A document as it is written among those of a month. */
type Kept = readonly [
  key: string,
  id: string,
  number: string,
  on: LocalDate,
  item: string | null,
  amount: Decimal | null,
];

/**
 * Keeps the documents of a legal entity's month that history wrote: as one text, since thousands of
 * rows that are read and forgotten together need not be rows. What lasts is kept as ever.
 */
export async function keepMonth(
  tx: Handle,
  entity: string,
  documents: ReadonlyMap<string, Noted>,
  notedUntil: LocalDate,
): Promise<void> {
  const lasting = new Map([...documents].filter(([, { on }]) => on === FOR_EVER));
  const own = [...documents].flatMap(([key, { id, number, on, item, amount }]): Kept[] =>
    on === FOR_EVER ? [] : [[key, id, number, on, item ?? null, amount ?? null]],
  );
  await keepDocuments(tx, new Map([[entity, lasting]]));
  await rows(
    tx,
    sql`insert into living_company.document_month (legal_entity, noted_until, count, documents)
      values (${entity}, ${notedUntil}, ${own.length}, ${JSON.stringify(own)})`,
  );
}

/** Forgets documents to which nothing after a day refers any more. */
export async function forgetDocuments(tx: Handle, on: LocalDate): Promise<void> {
  const oldest = oldestKept(on);
  await rows(tx, sql`delete from living_company.document where noted_on < ${oldest}`);
  await rows(tx, sql`delete from living_company.document_month where noted_until < ${oldest}`);
}

/** The same of what is kept in mind, so that years of it are never there at once. */
export function forgetInMind(documents: Documents, on: LocalDate): void {
  const oldest = oldestKept(on);
  for (const own of documents.values()) {
    for (const [key, noted] of own) if (noted.on < oldest) own.delete(key);
  }
}

const oldestKept = (on: LocalDate): LocalDate => addDays(on, -REMEMBERED_DAYS);

/** How many documents are kept. */
export async function countDocuments(handle: Handle): Promise<number> {
  const [found] = await rows<{ count: string }>(
    handle,
    sql`select (select count(*) from living_company.document)
      + (select coalesce(sum(count), 0) from living_company.document_month) as count`,
  );
  return Number(found?.count ?? 0);
}

type Row = {
  readonly entity: string;
  readonly key: string;
  readonly id: string;
  readonly number: string;
  readonly item: string | null;
  readonly amount: Decimal | null;
  readonly on: LocalDate;
};

/** What was booked and is still referred to after a day; null: the company has not lived one yet. */
export async function readDocuments(handle: Handle, on: LocalDate | null): Promise<Documents> {
  const months = await rows<{ entity: string; documents: readonly Kept[] }>(
    handle,
    sql`select legal_entity as entity, documents from living_company.document_month
      where ${on === null ? sql`true` : sql`noted_until >= ${oldestKept(on)}`}
      order by noted_until`,
  );
  const single = await rows<Row>(
    handle,
    sql`select legal_entity as entity, key, id, number, item, amount::text as amount,
        noted_on as on from living_company.document`,
  );
  const documents: Documents = new Map();
  const keep = ({ entity, key, item, amount, ...rest }: Row): void => {
    const own = documents.get(entity) ?? new Map<string, Noted>();
    documents.set(entity, own);
    const more = { ...(item === null ? {} : { item }), ...(amount === null ? {} : { amount }) };
    own.set(key, { ...rest, ...more });
  };
  for (const { entity, documents: kept } of months) {
    for (const [key, id, number, noted, item, amount] of kept) {
      keep({ entity, key, id, number, on: noted, item, amount });
    }
  }
  for (const each of single) keep(each);
  return documents;
}
