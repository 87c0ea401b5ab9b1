import {
  bookedOpen,
  importStatements,
  listOwnAccounts,
  listStatementLines,
  listStatements,
  matchLines,
} from '#erp/banking';
import type { MatchPart, OwnAccount, StatementDraft } from '#erp/banking';
import { balancesIn } from '#erp/ledger/reports';
import type { AccountLine } from '#erp/ledger/reports';
import { addDecimals, compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Told as Named } from '../world/bank.ts';
import { linesOfBank, openAtBank } from './bank-lines.ts';
import type { Line, Told } from './bank-lines.ts';
import { bankOf } from './banks.ts';
import { book, documentOf, FOR_EVER, idOf, note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';
import { inOneText, openBalances } from './settle.ts';
import { linesOfMain, linesOfTransfers, transfersOf } from './treasury.ts';
import type { OwnTransfer } from './treasury.ts';

type Statement = Of<'bank-statement'>;

const LOOK_BACK_DAYS = 25;
const TOLD_ONE_BY_ONE = 8; // What comes in on a day beyond it the bank puts together.
const ZERO = decimal('0');

/** The bank tells of its days: what was posted for them is ticked off, the rest waits. */
export async function bookStatements(desk: Desk, days: readonly Statement[]): Promise<void> {
  const { tx, context } = desk;
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const names = new Map(
    days.flatMap(({ told }) =>
      told.flatMap((each) => {
        const id = documentOf(desk, each.key)?.id;
        return id === undefined ? [] : [[id, each] as const];
      }),
    ),
  );
  const open = await openAtBank(desk, days);
  const toldOf = async (account: OwnAccount): Promise<readonly Told[]> => {
    const booked = await bookedOpen(tx, account, { from: addDays(first.on, -LOOK_BACK_DAYS) });
    const byDay = Map.groupBy(booked, (line) => dayOf(line, days));
    return days.map((day) => ({
      day,
      lines: [
        ...linesOf(desk, names, byDay.get(day.on) ?? []),
        ...linesOfBank(desk, account, day, open),
      ],
    }));
  };
  const main = bankOf(desk.trade, desk.trade.entity.currency);
  const transfers: OwnTransfer[] = [];
  const accounts = await listOwnAccounts(tx, context.legalEntity);
  for (const account of accounts.filter(({ code }) => code !== main)) {
    const [told, opening] = [await toldOf(account), await closingOf(desk, account)];
    const own = transfersOf(desk, account, { opening, told });
    transfers.push(...own);
    const lines = withLines(told, (on) => linesOfTransfers(desk, own, on));
    await tell(desk, { account, opening }, lines);
  }
  const given = await linesOfMain(desk, transfers);
  for (const account of accounts.filter(({ code }) => code === main)) {
    const [told, opening] = [await toldOf(account), await closingOf(desk, account)];
    const lines = withLines(told, (on) => given.get(on) ?? []);
    await tell(desk, { account, opening }, lines);
  }
}

/** The days on which the bank tells of something, with what goes between our own accounts. */
const withLines = (
  told: readonly Told[],
  more: (on: LocalDate) => readonly Line[],
): readonly Told[] =>
  told.flatMap(({ day, lines }) => {
    const all = [...lines, ...more(day.on)];
    return all.length === 0 ? [] : [{ day, lines: all }];
  });

/** The day on which the bank tells of what was posted: what goes out takes it a day. */
function dayOf(
  { postedOn, amount }: AccountLine,
  days: readonly Statement[],
): LocalDate | undefined {
  const earliest = compareDecimals(amount, ZERO) < 0 ? addDays(postedOn, 1) : postedOn;
  return days.find(({ on }) => on >= earliest)?.on;
}

/** Some payments are told one by one, many of a day together; suppliers are paid by one order a day. */
function linesOf(
  desk: Desk,
  names: ReadonlyMap<string, Named>,
  booked: readonly AccountLine[],
): readonly Line[] {
  const runs = Map.groupBy(booked, ({ sourceKind, amount, postedOn }) =>
    sourceKind === 'supplier-payment' && compareDecimals(amount, ZERO) < 0 ? postedOn : undefined,
  );
  const rest = runs.get(undefined) ?? [];
  runs.delete(undefined);
  const came = rest.filter(({ amount }) => compareDecimals(amount, ZERO) > 0);
  const together = came.slice(TOLD_ONE_BY_ONE);
  const alone = new Set(together);
  return [
    ...rest.filter((line) => !alone.has(line)).map((line) => lineOf(desk, names, [line])),
    ...(together.length === 0 ? [] : [lineOf(desk, names, together)]),
    ...[...runs.values()].map((lines) => lineOf(desk, names, lines)),
  ];
}

function lineOf(
  desk: Desk,
  names: ReadonlyMap<string, Named>,
  lines: readonly AccountLine[],
): Line {
  const [only] = lines;
  const amount = sumDecimals(lines.map((each) => each.amount));
  const parts = lines.map(({ entryId: entry, line }) => ({ kind: 'booked' as const, entry, line }));
  if (only === undefined || lines.length > 1) {
    return { amount, about: `${lines.length} payments`, parts };
  }
  const told = names.get(only.sourceId);
  const documents = (told?.about ?? []).flatMap((key) => documentOf(desk, key)?.number ?? []);
  return {
    amount,
    ...(told === undefined ? {} : { who: told.who }),
    about: documents.length === 0 ? only.text : inOneText(documents),
    parts,
  };
}

/** Writes what the bank tells of an account, and explains what explains itself. */
async function tell(
  desk: Desk,
  { account, opening: before }: { readonly account: OwnAccount; readonly opening: Decimal },
  told: readonly Told[],
): Promise<void> {
  const { tx, context } = desk;
  let closing = before;
  const drafts = told.map(({ day, lines }): StatementDraft => {
    const opening = closing;
    closing = addDecimals(opening, sumDecimals(lines.map(({ amount }) => amount)));
    return {
      account: account.code,
      reference: day.on,
      source: 'camt.053',
      fromOn: day.on,
      toOn: day.on,
      opening,
      closing,
      lines: lines.map(({ amount, who, about }, at) => ({
        bookedOn: day.on,
        amount,
        reference: `${day.on}/${at + 1}`,
        ...(who === undefined ? {} : { counterparty: who }),
        ...(about === undefined ? {} : { remittance: about }),
      })),
    };
  });
  if (drafts.length === 0) return;
  for (const each of await importStatements(tx, context, drafts)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
  await explain(desk, account, told);
}

async function explain(desk: Desk, account: OwnAccount, told: readonly Told[]): Promise<void> {
  const { tx, context } = desk;
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return;
  const waiting = await listStatementLines(tx, {
    ownAccount: account.id,
    isMatched: false,
    from: first.day.on,
    to: last.day.on,
    limit: 1_000_000,
  });
  const ids = new Map(
    waiting.map((line) => [`${line.statementReference} ${line.number}`, line.id]),
  );
  const drafts = told.flatMap(({ day, lines }) =>
    lines.flatMap(({ parts, stray }, at) => {
      const id = ids.get(`${day.on} ${at + 1}`);
      if (id === undefined) return [];
      if (stray !== undefined) note(desk, { ...day, key: stray }, { id, number: day.on });
      return parts.length === 0 ? [] : [{ line: id, parts }];
    }),
  );
  for (const each of await matchLines(tx, context, drafts)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}

/** What an account stood at when the bank told last; before that, what it was opened with. */
async function closingOf(
  { tx, context: { legalEntity } }: Desk,
  { id, ledgerAccount, currency }: OwnAccount,
): Promise<Decimal> {
  const [before] = await listStatements(tx, { ownAccount: id, limit: 1 });
  if (before !== undefined) return before.closing;
  const wish = { legalEntity, accounts: [ledgerAccount], currency, on: FOR_EVER };
  return (await balancesIn(tx, wish)).get(ledgerAccount) ?? decimal('0.00');
}

/** Somebody has found out what came in for: it pays that. */
export async function bookMatches(desk: Desk, matches: readonly Of<'match-line'>[]): Promise<void> {
  const { tx, context } = desk;
  const ids = matches.flatMap(({ stray }) => documentOf(desk, stray)?.id ?? []);
  if (ids.length === 0) return;
  const lines = await listStatementLines(tx, { ids, limit: ids.length });
  const byId = new Map(lines.map((line) => [line.id, line]));
  const open = await openBalances(
    desk,
    matches.map(({ invoice }) => invoice),
  );
  const found = matches.filter(({ stray }) => documentOf(desk, stray) !== undefined);
  await book(
    desk,
    found, // Nothing came where nothing was open any more.
    ({ stray, invoice, customer, on }) => {
      const line = byId.get(documentOf(desk, stray)?.id ?? '');
      if (line === undefined) return undefined;
      const balance = open.get(documentOf(desk, invoice)?.item ?? '');
      const left = balance?.open ?? ZERO;
      const amount = compareDecimals(left, line.amount) < 0 ? left : line.amount;
      const isPaid = balance === undefined || compareDecimals(amount, ZERO) <= 0;
      const items = isPaid ? [] : [{ item: balance.item.id, amount }];
      const party = idOf(desk, customer);
      const part: MatchPart = {
        kind: 'items',
        side: 'receivable',
        party,
        amount: line.amount,
        items,
      };
      return { line: line.id, on, parts: [part] };
    },
    (drafts) => matchLines(tx, context, drafts),
  );
  for (const intent of found) {
    const told = documentOf(desk, intent.stray);
    const id = desk.noted.get(intent.key)?.id;
    if (told !== undefined && id !== undefined) note(desk, intent, { id, number: told.number });
  }
}
