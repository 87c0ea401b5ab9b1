import { insertRows } from '#database';
import type { Handle } from '#database';
import {
  accept,
  bookTogether,
  companyCurrencyOf,
  linkDocuments,
  refuse,
  takeNumbers,
} from '#erp/company';
import type { ErpContext, Name, Result } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import { createOpenItems, lockOpenItems, markOpenItems, openOf } from '#erp/open-items';
import { endRuns, runProblem } from '#erp/open-items/settling';
import type { OpenItem } from '#erp/open-items';
import type { SeenRun } from '#erp/open-items/settling';
import { assert, newId } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { listDunningBlocks } from './dunning-blocks.ts';
import { dunningLevels } from './dunning-levels.ts';
import type { DunningLevel } from './dunning-levels.ts';
import { DUNNING, findDunningRun } from './dunning-run.ts';
import type { DunningRun } from './dunning-run.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import { NOTICE_KIND } from './propose-dunning.ts';

type Code = ReceivablesProblemCode;

/** What came of a run. `passedOver`: paid, blocked or reminded of since it was proposed. */
export type ExecutedRun = {
  readonly notices: readonly { readonly id: string; readonly number: string }[];
  readonly passedOver: readonly string[];
};

type Reminded = { readonly item: OpenItem; readonly level: number };
type Notice = {
  readonly id: string;
  readonly number: string;
  readonly customer: string;
  readonly currency: string;
  readonly level: number;
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly text: Name;
  readonly items: readonly Reminded[];
};

const ZERO = decimal('0');
const isCharged = ({ fee }: Pick<Notice, 'fee'>): boolean => compareDecimals(fee, ZERO) > 0;

/** Carries an approved run out, once: a notice for each customer and currency, with its fee. */
export async function executeDunningRun(
  tx: Handle,
  context: ErpContext,
  wish: SeenRun,
): Promise<Result<ExecutedRun, Code>> {
  const run = await findDunningRun(tx, wish.id, true);
  const problem = runProblem(DUNNING, run, {
    version: wish.version,
    statuses: ['approved'],
  });
  if (problem !== undefined) return problem;
  assert(run !== undefined, 'a run that is not there is a problem');
  // All of it or nothing: what the ledger refuses leaves no number behind.
  const [result] = await bookTogether(tx, [run], async (runs) => {
    const results = await Promise.all(runs.map((each) => carryOut(tx, context, each)));
    const refused = results.flatMap((each, at) => (each.ok ? [] : [[at, each] as const]));
    return { results, late: new Map(refused) };
  });
  assert(result !== undefined, 'one run, one result');
  return result;
}

async function carryOut(
  tx: Handle,
  context: ErpContext,
  run: DunningRun,
): Promise<Result<ExecutedRun, Code>> {
  const wanted = run.items.filter(({ isLeftOut }) => !isLeftOut);
  const items = await lockOpenItems(
    tx,
    wanted.map(({ item }) => item),
  );
  const blocks = await listDunningBlocks(tx, { legalEntity: run.legalEntity, on: run.runOn });
  const blocked = new Set(blocks.map(({ customer }) => customer));
  const still = wanted.flatMap(({ item: id, level }): readonly Reminded[] => {
    const item = items.get(id);
    if (item === undefined || blocked.has(item.party) || !mayBeReminded(item, level)) return [];
    return [{ item, level }];
  });
  const levels = await dunningLevels(tx, run.legalEntity);
  const notices = await noticesOf(tx, context, { run, reminded: still, levels });
  const entries = await chargeFees(tx, context, run, notices);
  if (!entries.ok) return entries;
  await write(tx, context, { run, notices, entries: entries.value });
  await endRuns(tx, DUNNING, [run.id]);
  const reached = new Set(still.map(({ item }) => item.id));
  return accept({
    notices: notices.map(({ id, number }) => ({ id, number })),
    passedOver: wanted.flatMap(({ item }) => (reached.has(item) ? [] : [item])),
  });
}

/** Since the proposal somebody may have paid, blocked, disputed or reminded of it. */
const mayBeReminded = (item: OpenItem, level: number): boolean =>
  compareDecimals(openOf(item), ZERO) > 0 &&
  item.blocks.length === 0 &&
  item.dispute === undefined &&
  item.dunningLevel === level - 1;

async function noticesOf(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  of: {
    readonly run: DunningRun;
    readonly reminded: readonly Reminded[];
    readonly levels: readonly DunningLevel[];
  },
): Promise<readonly Notice[]> {
  const groups = [
    ...Map.groupBy(of.reminded, ({ item }) => `${item.party} ${item.currency}`).values(),
  ];
  if (groups.length === 0) return [];
  const numbers = await takeNumbers(tx, legalEntity, 'DU', of.run.runOn, groups.length);
  const nowMs = millisecondsOf(clock());
  return groups.flatMap((items, at): readonly Notice[] => {
    const [first] = items;
    if (first === undefined) return [];
    const level = Math.max(...items.map((each) => each.level));
    const terms = of.levels.find((each) => each.level === level);
    return [
      {
        id: newId('du', nowMs),
        number: numbers[at] ?? '',
        customer: first.item.party,
        currency: first.item.currency,
        level,
        amount: sumDecimals(items.map(({ item }) => openOf(item))),
        fee: terms?.fee ?? ZERO,
        text: terms?.text ?? { en: '', de: '' },
        items,
      },
    ];
  });
}

/** Posts fees and leaves them open; by notice, the entry. */
async function chargeFees(
  tx: Handle,
  context: ErpContext,
  run: DunningRun,
  notices: readonly Notice[],
): Promise<Result<ReadonlyMap<string, string>, Code>> {
  const { legalEntity } = context;
  const currency: CurrencyCode = await companyCurrencyOf(tx, legalEntity);
  const charged = notices.filter(isCharged);
  const posted = await postEntries(
    tx,
    context,
    charged.map(({ id, number, customer, fee }) => ({
      legalEntity,
      kind: 'invoice',
      postedOn: run.runOn,
      documentOn: run.runOn,
      currency,
      text: entryText('dunning-fee', { number }),
      source: { area: 'receivables', kind: NOTICE_KIND, id, number },
      lines: [
        { posting: { key: 'receivable' }, party: customer, amount: fee, dueOn: run.runOn },
        { posting: { key: 'dunning-fee' }, amount: negateDecimal(fee) },
      ],
    })),
  );
  const entries = new Map<string, string>();
  for (const [at, { id }] of charged.entries()) {
    const entry = posted[at];
    if (entry?.ok === true) entries.set(id, entry.value.id);
    else {
      const message = `${entry?.problem.message} (${entry?.problem.code})`;
      return refuse('receivables.journal-refused', message);
    }
  }
  await createOpenItems(
    tx,
    context,
    charged.map(({ id, number, customer, fee }) => ({
      side: 'receivable',
      effect: 'raises',
      kind: 'invoice',
      party: customer,
      currency,
      amount: fee,
      companyAmount: fee,
      issuedOn: run.runOn,
      postedOn: run.runOn,
      dueOn: run.runOn,
      document: { kind: NOTICE_KIND, id, number },
      entryId: entries.get(id) ?? '',
    })),
  );
  return accept(entries);
}

const NOTICE = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  run_id: 'text',
  customer: 'text',
  sent_on: 'date',
  level: 'integer',
  currency: 'text',
  amount: 'numeric',
  fee: 'numeric',
  text: 'jsonb',
  fee_entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const ITEM = { item_id: 'text', level: 'integer', notice_id: 'text', amount: 'numeric' } as const;

async function write(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  of: {
    readonly run: DunningRun;
    readonly notices: readonly Notice[];
    readonly entries: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const { run, notices, entries } = of;
  const now = clock();
  const headers = notices.map(({ items: _items, text, ...notice }) => ({
    ...notice,
    legal_entity: legalEntity,
    run_id: run.id,
    sent_on: run.runOn,
    text: JSON.stringify(text),
    fee_entry_id: entries.get(notice.id),
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_receivables.dunning_notice', NOTICE, headers);
  const reminded = notices.flatMap(({ id, items }) => items.map((each) => ({ id, ...each })));
  await insertRows(
    tx,
    'erp_receivables.dunned_item',
    ITEM,
    reminded.map(({ id, item, level }) => ({
      item_id: item.id,
      level,
      notice_id: id,
      amount: openOf(item),
    })),
  );
  await markOpenItems(
    tx,
    reminded.map(({ item, level }) => ({ id: item.id, dunning: { level, on: run.runOn } })),
  );
  await linkDocuments(
    tx,
    notices.flatMap(({ id, number, items }) =>
      items.map(({ item }) => ({
        from: { kind: item.documentKind, id: item.documentId, number: item.documentNumber },
        to: { kind: NOTICE_KIND, id, number },
      })),
    ),
  );
}
