import { insertRows } from '#database';
import type { Handle } from '#database';
import { linkNewDocuments, momentsOf, takeRange } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { assert, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { DecidedEntry, PostedEntry } from './entry.ts';

type Numbered = {
  readonly entry: DecidedEntry;
  readonly id: string;
  readonly number: string;
  readonly sequence: number;
};

const SERIES = 'JE';
const ENTRY_COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  fiscal_year: 'integer',
  period: 'integer',
  sequence: 'bigint',
  number: 'text',
  kind: 'text',
  posted_on: 'date',
  document_on: 'date',
  currency: 'text',
  company_currency: 'text',
  rate: 'numeric',
  rate_on: 'date',
  text: 'text',
  source_area: 'text',
  source_kind: 'text',
  source_id: 'text',
  source_number: 'text',
  reverses: 'text',
  line_count: 'integer',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const LINE_COLUMNS = {
  entry_id: 'text',
  number: 'integer',
  legal_entity: 'text',
  fiscal_year: 'integer',
  period: 'integer',
  posted_on: 'date',
  currency: 'text',
  account: 'text',
  amount: 'numeric',
  company_amount: 'numeric',
  cost_centre: 'text',
  tax_code: 'text',
  project: 'text',
  party: 'text',
  item: 'text',
  quantity: 'numeric',
  due_on: 'date',
  text: 'text',
} as const;

/** Writes decided entries into the books, in their order: numbers, entries, lines, links. */
export async function writeEntries(
  tx: Handle,
  context: Pick<ErpContext, 'clock' | 'by' | 'writtenOn'>,
  entries: readonly DecidedEntry[],
): Promise<PostedEntry[]> {
  if (entries.length === 0) return [];
  const momentOf = momentsOf(context);
  const numbered = await numberEntries(tx, entries, millisecondsOf(context.clock()));
  await insertRows(
    tx,
    'erp_ledger.journal_entry',
    ENTRY_COLUMNS,
    numbered.map((each) => ({
      ...rowOf(each),
      created_by: context.by,
      created_at: momentOf(each.entry.postedOn),
    })),
  );
  await insertRows(tx, 'erp_ledger.journal_line', LINE_COLUMNS, numbered.flatMap(linesOf));
  await linkNewDocuments(
    tx,
    numbered.flatMap(({ entry: { source }, id, number }) =>
      source === undefined ? [] : [{ from: source, to: { kind: 'journal-entry', id, number } }],
    ),
  );
  return numbered.map(({ entry, id, number }) => ({
    id,
    number,
    lines: entry.lines.map(({ account }, place) => ({ number: place + 1, account })),
  }));
}

/** Each series is taken from once, in the order of their names: two who post never cross. */
async function numberEntries(
  tx: Handle,
  entries: readonly DecidedEntry[],
  nowMs: number,
): Promise<Numbered[]> {
  const bySeries = Map.groupBy(
    entries,
    ({ legalEntity, fiscalYear }) => `${legalEntity}\n${fiscalYear}`,
  );
  const given = new Map<DecidedEntry, Numbered>();
  for (const key of [...bySeries.keys()].toSorted()) {
    const own = bySeries.get(key) ?? [];
    const [first] = own;
    assert(first !== undefined, 'a group has a member');
    const { legalEntity, postedOn: day } = first;
    const range = await takeRange(tx, { legalEntity, series: SERIES, day, count: own.length });
    for (const [place, entry] of own.entries()) {
      const number = range.numbers[place];
      assert(number !== undefined, 'as many numbers were taken as are needed');
      const id = newId('je', nowMs);
      given.set(entry, { entry, id, number, sequence: range.first + place });
    }
  }
  return entries.map((entry) => {
    const numbered = given.get(entry);
    assert(numbered !== undefined, 'every entry was numbered');
    return numbered;
  });
}

function rowOf({ entry, id, number, sequence }: Numbered) {
  const source = entry.source ?? { area: 'ledger', kind: 'journal-entry', id, number };
  return {
    id,
    legal_entity: entry.legalEntity,
    fiscal_year: entry.fiscalYear,
    period: entry.period,
    sequence,
    number,
    kind: entry.kind,
    posted_on: entry.postedOn,
    document_on: entry.documentOn,
    currency: entry.currency,
    company_currency: entry.companyCurrency,
    rate: entry.rate,
    rate_on: entry.rateOn,
    text: entry.text,
    source_area: source.area,
    source_kind: source.kind,
    source_id: source.id,
    source_number: source.number,
    reverses: entry.reverses,
    line_count: entry.lines.length,
  };
}

function linesOf({ entry, id }: Numbered) {
  return entry.lines.map((line, place) => ({
    entry_id: id,
    number: place + 1,
    legal_entity: entry.legalEntity,
    fiscal_year: entry.fiscalYear,
    period: entry.period,
    posted_on: entry.postedOn,
    currency: entry.currency,
    account: line.account,
    amount: line.amount,
    company_amount: line.companyAmount,
    cost_centre: line.costCentre,
    tax_code: line.taxCode,
    project: line.project,
    party: line.party,
    item: line.item,
    quantity: line.quantity,
    due_on: line.dueOn,
    text: line.text,
  }));
}
