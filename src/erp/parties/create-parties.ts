import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { localDate, millisecondsOf } from '#kernel/time';
import type { PartiesProblemCode } from './errors.ts';
import { findDuplicates } from './find-duplicates.ts';
import type { Likeness } from './find-duplicates.ts';
import { PARTY_COLUMNS, PARTY_DEFAULTS, partyProblem, partyRowOf } from './party.ts';
import type { PartyDraft, PartyFields, PartyRole } from './party.ts';

type Created = {
  readonly id: string;
  readonly number: string;
  readonly warnings: readonly Likeness[]; // Who may be the same. The party is created all the same.
};
type Fine = PartyFields & { readonly id: string; readonly number: string | undefined };
type Made = PartyFields & { readonly id: string; readonly number: string };
type CreateParties = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly PartyDraft[],
) => Promise<readonly Result<Created, PartiesProblemCode>[]>;

/** Creates customers. A number that is given must be free; others come from the series 'C'. */
export const createCustomers: CreateParties = (tx, context, drafts) =>
  createParties(tx, context, { role: 'customer', drafts });

/** Creates suppliers. A number that is given must be free; others come from the series 'S'. */
export const createSuppliers: CreateParties = (tx, context, drafts) =>
  createParties(tx, context, { role: 'supplier', drafts });

const SERIES: Readonly<Record<PartyRole, string>> = { customer: 'C', supplier: 'S' };

async function createParties(
  tx: Handle,
  context: ErpContext,
  asked: { readonly role: PartyRole; readonly drafts: readonly PartyDraft[] },
): Promise<readonly Result<Created, PartiesProblemCode>[]> {
  const { role, drafts } = asked;
  const now = context.clock();
  const taken = await numbersTaken(tx, context, asked);
  const parents = await parentsOf(tx, role, drafts);
  const fine: Fine[] = [];
  const decided = drafts.map((draft) => {
    const { number, ...given } = draft;
    const fields: PartyFields = { ...PARTY_DEFAULTS, ...given };
    const problem = partyProblem(role, fields);
    if (problem !== undefined) return problem;
    if (fields.parent !== undefined && !parents.has(fields.parent)) {
      return refuse('parties.unknown-party' as const, `there is no such ${role}`, 'parent');
    }
    if (number !== undefined && taken.has(number)) {
      return refuse('parties.number-taken' as const, `${role} ${number} is there`, 'number');
    }
    if (number !== undefined) taken.add(number);
    const one = { ...fields, id: newId(role, millisecondsOf(now)), number };
    fine.push(one);
    return accept(one.id);
  });
  const made = await numbered(tx, context, SERIES[role], fine);
  await write(tx, context, role, made);
  const alike = await findDuplicates(tx, role, made);
  const created = new Map(
    made.map(({ id, number }, at) => [id, { id, number, warnings: alike[at] ?? [] }]),
  );
  return decided.flatMap((each) => {
    if (!each.ok) return each;
    const one = created.get(each.value);
    return one === undefined ? [] : accept(one);
  });
}

/** Gives the next numbers of the series to those that bring none. */
async function numbered(
  tx: Handle,
  context: ErpContext,
  series: string,
  fine: readonly Fine[],
): Promise<readonly Made[]> {
  const count = fine.filter(({ number }) => number === undefined).length;
  const today = localDate(context.clock().slice(0, 10));
  const numbers =
    count === 0 ? [] : await takeNumbers(tx, context.legalEntity, series, today, count);
  let next = 0;
  return fine.map((one) => ({ ...one, number: one.number ?? numbers[next++] ?? '' }));
}

async function write(
  tx: Handle,
  context: ErpContext,
  role: PartyRole,
  made: readonly Made[],
): Promise<void> {
  const now = context.clock();
  await insertRows(
    tx,
    'erp_parties.party',
    {
      ...PARTY_COLUMNS,
      role: 'text',
      legal_entity: 'text',
      number: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
      changed_by: 'text',
      changed_at: 'timestamptz',
    },
    made.map((party) => ({
      ...partyRowOf(party),
      role,
      legal_entity: context.legalEntity,
      number: party.number,
      created_by: context.by,
      created_at: now,
      changed_by: context.by,
      changed_at: now,
    })),
  );
}

/** Which of the parents that drafts name exist. */
export async function parentsOf(
  tx: Handle,
  role: PartyRole,
  drafts: readonly { readonly parent?: string | undefined }[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(drafts.flatMap(({ parent }) => parent ?? []))];
  if (ids.length === 0) return new Set();
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from erp_parties.party where role = ${role} and id = any(${ids})`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Given numbers that stand already; whoever gives numbers waits for who did before. */
async function numbersTaken(
  tx: Handle,
  { legalEntity }: ErpContext,
  { role, drafts }: { readonly role: PartyRole; readonly drafts: readonly PartyDraft[] },
): Promise<Set<string>> {
  const given = [...new Set(drafts.flatMap(({ number }) => number ?? []))];
  if (given.length === 0) return new Set();
  const lock = `erp_parties.${role} ${legalEntity}`;
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const found = await rows<{ number: string }>(
    tx,
    sql`select number from erp_parties.party
      where legal_entity = ${legalEntity} and role = ${role} and number = any(${given})`,
  );
  return new Set(found.map(({ number }) => number));
}
