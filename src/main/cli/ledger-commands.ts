import { ROUTES } from '#api-contract';
import type { QueryOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printFacts, printJson, printTable } from './print.ts';
import { readJson } from './read-json.ts';
import type { Context } from './source-commands.ts';

/** Lists the legal entities that keep their books here. */
export async function showEntities({ client, json }: Context): Promise<number> {
  const reply = await client.call('listLegalEntities');
  if (json) printJson(reply);
  else {
    printTable(
      ['code', 'name', 'country', 'currency', 'fiscal year from month'],
      reply.items.map((each) => [
        each.code,
        each.name,
        each.country,
        each.currency,
        each.fiscalYearStartMonth,
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Prints a trial balance. */
export async function showTrialBalance(
  { client, json }: Context,
  entity: string,
  query: QueryOf<'getTrialBalance'>,
): Promise<number> {
  const reply = await client.call('getTrialBalance', { params: { entity }, query });
  if (json) printJson(reply);
  else {
    const { opening, debit, credit, closing } = reply.totals;
    printTable(
      ['account', 'name', 'opening', 'debit', 'credit', 'closing'],
      [
        ...reply.rows.map((row) => [
          row.account,
          row.name.en,
          row.opening,
          row.debit,
          row.credit,
          row.closing,
        ]),
        ['', 'total', opening, debit, credit, closing],
      ],
    );
  }
  return EXIT_CODES.done;
}

/** Lists journal entries, a line each. */
export async function showEntries(
  { client, json }: Context,
  entity: string,
  query: QueryOf<'listJournalEntries'>,
): Promise<number> {
  const reply = await client.call('listJournalEntries', { params: { entity }, query });
  if (json) printJson(reply);
  else {
    printTable(
      ['number', 'posted on', 'kind', 'text', 'account', 'amount', '', 'company'],
      reply.items.flatMap(({ number, postedOn, kind, text, currency, lines = [] }) =>
        lines.map((line, at) => [
          ...(at === 0 ? [number, postedOn, kind, text] : ['', '', '', '']),
          line.account,
          line.amount,
          currency,
          line.companyAmount,
        ]),
      ),
    );
    if (reply.next !== undefined) console.log(`More: --after ${reply.next}`);
  }
  return EXIT_CODES.done;
}

/** Posts an entry by hand from a file. */
export async function postEntry(
  { client, json }: Context,
  entity: string,
  file: string,
): Promise<number> {
  const { data: body, error } = ROUTES.postJournalEntry.body.safeParse(readJson(file));
  if (body === undefined) {
    throw mainError('invalid', 'main.bad-setting', `reading ${file}`, {
      cause: error,
      remedy: 'Give { postedOn, currency, text, lines: [{ account, amount }, …] }.',
    });
  }
  const posted = await client.call('postJournalEntry', { params: { entity }, body });
  if (json) printJson(posted);
  else {
    printFacts([
      ['posted', posted.number],
      ['id', posted.id],
      ['taken back by', posted.reversal?.number],
    ]);
  }
  return EXIT_CODES.done;
}

/** Lists periods of a fiscal year. */
export async function showPeriods(
  { client, json }: Context,
  entity: string,
  year: string,
): Promise<number> {
  const reply = await client.call('listPeriods', { params: { entity }, query: { year } });
  if (json) printJson(reply);
  else {
    printTable(
      ['period', 'from', 'to', 'status', 'open to'],
      reply.items.map(({ period, fromOn, toOn, status, openTo }) => [
        period,
        fromOn,
        toOn,
        status,
        openTo.join(' '),
      ]),
    );
  }
  return EXIT_CODES.done;
}
