import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import {
  AGREEMENT_LINE,
  agreementLineRows,
  agreementProblem,
  listAgreements,
} from './agreements.ts';
import type { Agreement, AgreementLine } from './agreements.ts';
import { groupsOf } from './create-items.ts';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';
import { keepPriceChanges } from './price-changes.ts';

type Terms = Pick<AgreementLine, 'price' | 'priceBase' | 'tiers' | 'quantityLimit' | 'valueLimit'>;

/** What is to be otherwise, if the agreement is still at `version`; a field set to undefined is emptied. */
export type AgreementChange = {
  readonly id: string;
  readonly version: number;
  readonly set?: { readonly validTo?: LocalDate | undefined };
  readonly lines?: readonly (Partial<Terms> & { readonly line: string })[];
  readonly added?: readonly AgreementLine[];
  readonly dropped?: readonly string[]; // Lines of which nothing was ever called off.
};

type Next = { readonly agreement: Agreement; readonly changes: Readonly<Record<string, Pair>> };
type Pair = readonly [before: unknown, after: unknown];
type Line = Agreement['lines'][number];

/** Changes agreements: until when they hold, prices and limits, lines. What was called off stays. */
export async function changeAgreements(
  tx: Handle,
  context: ErpContext,
  changes: readonly AgreementChange[],
): Promise<readonly Result<{ id: string; version: number }, ItemsProblemCode>[]> {
  const facts = await factsOf(tx, context.legalEntity, changes);
  const made = new Map<string, Next>();
  const decided = changes.map((change) => {
    const next = made.has(change.id) ? movedOn() : decideAgreementChange(facts, change);
    if (!next.ok) return next;
    made.set(change.id, next.value);
    return accept({ id: change.id, version: change.version + 1 });
  });
  await write(tx, context, [...made.values()], changes);
  return decided;
}

type Facts = {
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly items: ReadonlyMap<string, { readonly number: string }>;
  readonly groups: ReadonlySet<string>;
  readonly released: ReadonlySet<string>; // Lines of which something was called off.
};

const keyOf = (agreement: string, line: string): string => `${agreement} ${line}`;
const movedOn = () =>
  refuse('items.version-conflict' as const, 'the agreement has moved on', 'version');

async function factsOf(
  tx: Handle,
  legalEntity: string,
  changes: readonly AgreementChange[],
): Promise<Facts> {
  const ids = [...new Set(changes.map(({ id }) => id))];
  await rows(
    tx,
    sql`select id from erp_items.agreement where id = any(${ids}) order by id for update`,
  );
  await rows(
    tx,
    sql`select line from erp_items.agreement_line where agreement = any(${ids})
      order by agreement, line for update`,
  );
  const released = await rows<{ agreement: string; line: string }>(
    tx,
    sql`select distinct agreement, line from erp_items.agreement_release
      where agreement = any(${ids})`,
  );
  const found = await listAgreements(tx, { legalEntity, ids, limit: ids.length });
  const lines = [
    ...found.flatMap((one) => one.lines),
    ...changes.flatMap(({ added = [] }) => added),
  ];
  return {
    agreements: new Map(found.map((one) => [one.id, one])),
    items: await itemFacts(
      tx,
      lines.flatMap(({ item }) => item ?? []),
    ),
    groups: await groupsOf(tx, lines),
    released: new Set(released.map(({ agreement, line }) => keyOf(agreement, line))),
  };
}

/** Whether an agreement may be changed so, and what it says then. Pure. */
function decideAgreementChange(
  facts: Facts,
  { id, version, set = {}, lines = [], added = [], dropped = [] }: AgreementChange,
): Result<Next, ItemsProblemCode> {
  const before = facts.agreements.get(id);
  if (before === undefined) return refuse('items.unknown-agreement', 'no such agreement');
  if (before.version !== version || before.status === 'closed') return movedOn();
  const next = new Map<string, Line>(before.lines.map((one) => [one.line, one]));
  for (const [at, change] of lines.entries()) {
    const line = next.get(change.line);
    const field = `lines.${at}`;
    if (line === undefined) return refuse('items.invalid', `no line ${change.line}`, field);
    const changed = { ...line, ...change };
    if (isBelow(changed)) {
      const message = `more of line ${line.line} was called off already`;
      return refuse('items.agreement-exceeded', message, field);
    }
    next.set(line.line, changed);
  }
  for (const line of dropped) {
    if (facts.released.has(keyOf(id, line))) {
      return refuse('items.agreement-exceeded', `line ${line} was called off already`, 'dropped');
    }
    if (!next.delete(line)) return refuse('items.invalid', `no line ${line}`, 'dropped');
  }
  for (const [at, line] of added.entries()) {
    if (next.has(line.line)) {
      return refuse('items.invalid', `line ${line.line} is there`, `added.${at}`);
    }
    next.set(line.line, { ...line, ...NOTHING_RELEASED });
  }
  const agreement: Agreement = { ...before, ...set, lines: [...next.values()] };
  const problem = agreementProblem(agreement, facts.items, facts.groups);
  if (problem !== undefined) return problem;
  const changes = differencesOf(facts, before, agreement);
  return Object.keys(changes).length === 0
    ? refuse('items.invalid', 'nothing would be different', 'lines')
    : accept({ agreement, changes });
}

const NOTHING_RELEASED = { releasedQuantity: decimal('0'), releasedValue: decimal('0') };

const isBelow = ({ quantityLimit, releasedQuantity, valueLimit, releasedValue }: Line): boolean =>
  (quantityLimit !== undefined && compareDecimals(quantityLimit, releasedQuantity) < 0) ||
  (valueLimit !== undefined && compareDecimals(valueLimit, releasedValue) < 0);

const FIELDS = ['price', 'priceBase', 'tiers', 'quantityLimit', 'valueLimit'] as const;

/** What is different: until when it holds, and of each line what it says; a whole line by its item or group. */
function differencesOf(
  { items }: Facts,
  before: Agreement,
  after: Agreement,
): Readonly<Record<string, Pair>> {
  const made: Record<string, Pair> = {};
  const saidOf = ({ item = '', itemGroup, service, price }: Line): string =>
    [items.get(item)?.number ?? itemGroup ?? service, price]
      .filter((part) => part !== undefined)
      .join(' · ');
  const note = (field: string, was: unknown, is: unknown): void => {
    if (JSON.stringify(was) !== JSON.stringify(is)) made[field] = [was ?? null, is ?? null];
  };
  note('validTo', before.validTo, after.validTo);
  const lines = new Map(after.lines.map((one) => [one.line, one]));
  const known = new Set(before.lines.map(({ line }) => line));
  for (const was of before.lines) {
    const is = lines.get(was.line);
    if (is === undefined) note(`lines[${was.line}]`, saidOf(was), null);
    else for (const field of FIELDS) note(`lines[${was.line}].${field}`, was[field], is[field]);
  }
  for (const is of after.lines) {
    if (!known.has(is.line)) note(`lines[${is.line}]`, null, saidOf(is));
  }
  return made;
}

async function write(
  tx: Handle,
  context: ErpContext,
  made: readonly Next[],
  changes: readonly AgreementChange[],
): Promise<void> {
  if (made.length === 0) return;
  const ids = new Set(made.map(({ agreement }) => agreement.id));
  const good = changes.filter(({ id }) => ids.has(id));
  const gone = good.flatMap(({ id, dropped = [] }) =>
    dropped.map((line) => ({ agreement: id, line })),
  );
  await rows(
    tx,
    sql`delete from erp_items.agreement_line l
      using ${unnested('gone', { agreement: 'text', line: 'text' }, gone)}
      where l.agreement = gone.agreement and l.line = gone.line`,
  );
  const added = new Set(
    good.flatMap(({ id, added: lines = [] }) => lines.map((one) => keyOf(id, one.line))),
  );
  const lines = made.flatMap(({ agreement }) => agreementLineRows(agreement.id, agreement.lines));
  const isNew = (row: { agreement: string; line: string }): boolean =>
    added.has(keyOf(row.agreement, row.line));
  await insertRows(tx, 'erp_items.agreement_line', AGREEMENT_LINE, lines.filter(isNew));
  await rows(
    tx,
    sql`update erp_items.agreement_line l set price = d.price, price_base = d.price_base,
        tiers = d.tiers, quantity_limit = d.quantity_limit, value_limit = d.value_limit
      from ${unnested(
        'd',
        AGREEMENT_LINE,
        lines.filter((row) => !isNew(row)),
      )}
      where l.agreement = d.agreement and l.line = d.line`,
  );
  const heads = made.map(({ agreement: { id, validTo } }) => ({ id, valid_to: validTo }));
  await rows(
    tx,
    sql`update erp_items.agreement a set valid_to = d.valid_to, version = a.version + 1
      from ${unnested('d', { id: 'text', valid_to: 'date' }, heads)} where a.id = d.id`,
  );
  await keepPriceChanges(
    tx,
    context,
    made.map(({ agreement: { id, version }, changes: of }) => {
      return { kind: 'agreement' as const, id, version: version + 1, changes: of };
    }),
  );
}
