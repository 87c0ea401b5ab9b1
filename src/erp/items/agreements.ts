import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId, parseCurrency } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { groupsOf } from './create-items.ts';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';
import { keepPriceChanges } from './price-changes.ts';

/** One thing that was agreed on: a price for an item, a group or a service, a limit, or both. */
export type AgreementLine = {
  readonly line: string;
  readonly item?: string | undefined;
  readonly itemGroup?: string | undefined;
  readonly service?: string | undefined; // In words, for order lines that begin so and name no item.
  readonly unit?: string | undefined; // Of a service: what its price and quantity are of.
  readonly price?: Decimal | undefined;
  readonly priceBase?: Decimal | undefined;
  readonly tiers?: readonly { readonly minQuantity: Decimal; readonly price: Decimal }[];
  readonly quantityLimit?: Decimal | undefined; // In the base unit, or that of the service.
  readonly valueLimit?: Decimal | undefined; // In the agreement's currency.
};

/** What was agreed with a party. */
export type AgreementDraft = {
  readonly side: 'purchase' | 'sales';
  readonly party: string;
  readonly kind: 'price' | 'volume' | 'blanket' | 'framework';
  readonly currency: string;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate | undefined;
  readonly lines: readonly AgreementLine[];
};

/** An agreement as it stands, with what was called off so far. */
export type Agreement = Omit<AgreementDraft, 'lines'> & {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly version: number;
  readonly status: 'active' | 'closed';
  readonly lines: readonly (AgreementLine & {
    readonly releasedQuantity: Decimal;
    readonly releasedValue: Decimal;
  })[];
};

const ZERO = decimal('0');
const isPositive = (value: Decimal | undefined): boolean =>
  value === undefined || compareDecimals(value, ZERO) > 0;
const isAmount = (value: Decimal | undefined): boolean =>
  value === undefined || compareDecimals(value, ZERO) >= 0;

/** Writes agreements down. Their numbers come from the series 'AGR'. */
export async function createAgreements(
  tx: Handle,
  context: ErpContext,
  drafts: readonly AgreementDraft[],
): Promise<readonly Result<{ id: string; number: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  const lines = drafts.flatMap((draft) => draft.lines);
  const items = await itemFacts(
    tx,
    lines.flatMap(({ item }) => item ?? []),
  );
  const groups = await groupsOf(tx, lines);
  const problems = drafts.map((draft) => agreementProblem(draft, items, groups));
  const fine = drafts.filter((_, at) => problems[at] === undefined);
  if (fine.length === 0) return problems.flatMap((problem) => problem ?? []);
  const day = localDate(now.slice(0, 10));
  const numbers = await takeNumbers(tx, context.legalEntity, 'AGR', day, fine.length);
  const made = fine.map((draft, at) => ({
    ...draft,
    id: newId('agr', millisecondsOf(now)),
    number: numbers[at] ?? '',
  }));
  await write(tx, context, made);
  let next = 0;
  return problems.map((problem) => {
    if (problem !== undefined) return problem;
    const { id = '', number = '' } = made[next++] ?? {};
    return accept({ id, number });
  });
}

/** Ends agreements: nothing more is called off. */
export async function closeAgreements(
  tx: Handle,
  context: ErpContext,
  closings: readonly { readonly id: string; readonly version: number }[],
): Promise<readonly Result<{ id: string; version: number }, ItemsProblemCode>[]> {
  const found = await rows<{ id: string; version: number; status: string }>(
    tx,
    sql`select id, version, status from erp_items.agreement
      where id = any(${closings.map(({ id }) => id)})
        and legal_entity = ${context.legalEntity}
      order by id for update`,
  );
  const standing = new Map(found.map((row) => [row.id, row]));
  const done: string[] = [];
  const decided = closings.map(({ id, version }) => {
    const row = standing.get(id);
    if (row === undefined) return refuse('items.unknown-agreement' as const, 'no such agreement');
    if (row.version !== version || row.status === 'closed') {
      return refuse('items.version-conflict' as const, 'the agreement has moved on', 'version');
    }
    standing.delete(id);
    done.push(id);
    return accept({ id, version: version + 1 });
  });
  await rows(
    tx,
    sql`update erp_items.agreement set status = 'closed', version = version + 1
      where id = any(${done})`,
  );
  await keepPriceChanges(
    tx,
    context,
    done.map((id) => {
      const version = (closings.find((one) => one.id === id)?.version ?? 0) + 1;
      return { kind: 'agreement', id, version, changes: { status: ['active', 'closed'] } };
    }),
  );
  return decided;
}

const LIST = {
  table: 'erp_items.agreement',
  alias: 'a',
  columns: { number: 'number', validFrom: 'valid_from' },
} as const;

/** Agreements, unless sorted otherwise by number, from `after` (an id) on. */
export async function listAgreements(
  handle: Handle,
  filter: {
    readonly legalEntity?: string | undefined;
    readonly ids?: readonly string[] | undefined;
    readonly party?: string | undefined;
    readonly status?: 'active' | 'closed' | undefined;
    readonly number?: string | undefined; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly Agreement[]> {
  const { legalEntity, ids, party, status, number, limit } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'number', filter.after);
  const conditions = [
    isAfter,
    ...(legalEntity === undefined ? [] : [sql`a.legal_entity = ${legalEntity}`]),
    ...(ids === undefined ? [] : [sql`a.id = any(${[...ids]})`]),
    ...(party === undefined ? [] : [sql`a.party = ${party}`]),
    ...(status === undefined ? [] : [sql`a.status = ${status}`]),
    ...(number === undefined ? [] : [sql`starts_with(a.number, ${number})`]),
  ];
  const found = await rows<{ one: Agreement }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', a.id, 'legalEntity', a.legal_entity,
        'number', a.number, 'version', a.version, 'side', a.side, 'party', a.party, 'kind', a.kind,
        'currency', a.currency, 'validFrom', a.valid_from, 'validTo', a.valid_to,
        'status', a.status, 'lines', (select jsonb_agg(jsonb_build_object('line', l.line,
            'item', l.item, 'itemGroup', l.item_group, 'service', l.service, 'unit', l.unit,
            'price', l.price::text,
            'priceBase', l.price_base::text, 'tiers', l.tiers,
            'quantityLimit', l.quantity_limit::text, 'valueLimit', l.value_limit::text,
            'releasedQuantity', l.released_quantity::text, 'releasedValue', l.released_value::text)
            order by l.line)
          from erp_items.agreement_line l where l.agreement = a.id))) as one
      from erp_items.agreement a where ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit}`,
  );
  return found.map(({ one }) => one);
}

/** Why an agreement cannot say this; undefined: it can. Pure. */
export function agreementProblem(
  draft: AgreementDraft,
  items: ReadonlyMap<string, unknown>,
  groups: ReadonlySet<string>,
): Refusal<ItemsProblemCode> | undefined {
  const { lines, currency, validFrom, validTo } = draft;
  for (const line of lines) {
    const { item, itemGroup } = line;
    const problem = subjectProblem(draft, line);
    if (problem !== undefined) return refuse('items.invalid', problem, 'lines');
    if (item !== undefined && !items.has(item)) {
      return refuse('items.unknown-item', 'no such item', 'lines');
    }
    if (itemGroup !== undefined && !groups.has(itemGroup)) {
      return refuse('items.unknown-group', 'no such group', 'lines');
    }
  }
  const fine =
    lines.length > 0 &&
    new Set(lines.map(({ line }) => line)).size === lines.length &&
    parseCurrency(currency) !== undefined &&
    (validTo === undefined || validTo >= validFrom) &&
    lines.every(
      ({ price, priceBase, tiers = [], quantityLimit, valueLimit }) =>
        isAmount(price) &&
        isPositive(priceBase) &&
        isPositive(quantityLimit) &&
        isPositive(valueLimit) &&
        tiers.every((tier) => isAmount(tier.price) && isPositive(tier.minQuantity)),
    );
  return fine
    ? undefined
    : refuse(
        'items.invalid',
        'an agreement has lines, a currency and amounts that are not negative',
      );
}

/** Why a line cannot be about this; undefined: it can. */
function subjectProblem({ side, lines }: AgreementDraft, line: AgreementLine): string | undefined {
  const { item, itemGroup, service, unit, price, tiers = [], quantityLimit } = line;
  if ([item, itemGroup, service].filter((each) => each !== undefined).length !== 1) {
    return 'a line is about an item, a group or a service';
  }
  if (service === undefined) {
    return unit === undefined ? undefined : 'only a service names a unit: an item has its own';
  }
  if (side === 'sales') return 'what is sold is an item: a service is one of kind service';
  if (wordsOf(service) === '') return 'a service is named in words';
  if (lines.some((one) => one !== line && wordsOf(one.service ?? '') === wordsOf(service))) {
    return `${service} is there twice`;
  }
  const isCounted = price !== undefined || quantityLimit !== undefined || tiers.length > 0;
  return isCounted && unit === undefined ? `in which unit is ${service} counted?` : undefined;
}

/** Words as services are told apart by them: whatever the case and the spaces. */
const wordsOf = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** The service that an order line means: the longest whose words it begins with. */
export function agreedServiceOf<Line extends Pick<AgreementLine, 'service'>>(
  lines: readonly Line[],
  text: string,
): Line | undefined {
  const said = `${wordsOf(text)} `;
  let best: { readonly line: Line; readonly words: string } | undefined;
  for (const line of lines) {
    const words = wordsOf(line.service ?? '');
    if (words === '' || !said.startsWith(`${words} `)) continue;
    if (best === undefined || words.length > best.words.length) best = { line, words };
  }
  return best?.line;
}

async function write(
  tx: Handle,
  context: ErpContext,
  made: readonly (AgreementDraft & { readonly id: string; readonly number: string })[],
): Promise<void> {
  await insertRows(
    tx,
    'erp_items.agreement',
    {
      id: 'text',
      legal_entity: 'text',
      number: 'text',
      side: 'text',
      party: 'text',
      kind: 'text',
      currency: 'text',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      legal_entity: context.legalEntity,
      number: one.number,
      side: one.side,
      party: one.party,
      kind: one.kind,
      currency: one.currency,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      created_by: context.by,
      created_at: context.clock(),
    })),
  );
  await insertRows(
    tx,
    'erp_items.agreement_line',
    AGREEMENT_LINE,
    made.flatMap(({ id, lines }) => agreementLineRows(id, lines)),
  );
}

/** The columns of a line that somebody writes; what was called off is counted by the database. */
export const AGREEMENT_LINE = {
  agreement: 'text',
  line: 'text',
  item: 'text',
  item_group: 'text',
  service: 'text',
  unit: 'text',
  price: 'numeric',
  price_base: 'numeric',
  tiers: 'jsonb',
  quantity_limit: 'numeric',
  value_limit: 'numeric',
} as const;

/** Lines of an agreement as rows. */
export const agreementLineRows = (agreement: string, lines: readonly AgreementLine[]) =>
  lines.map((one) => ({
    agreement,
    line: one.line,
    item: one.item,
    item_group: one.itemGroup,
    service: one.service,
    unit: one.unit,
    price: one.price,
    price_base: one.priceBase ?? '1',
    tiers: JSON.stringify(one.tiers ?? []),
    quantity_limit: one.quantityLimit,
    value_limit: one.valueLimit,
  }));
