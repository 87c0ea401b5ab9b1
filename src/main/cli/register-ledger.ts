import type { Command } from 'commander';
import type { QueryOf } from '#api-contract';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import {
  postEntry,
  showEntities,
  showEntries,
  showPeriods,
  showTrialBalance,
} from './ledger-commands.ts';

type OfEntity = Common & { readonly entity: string };
type EntryFilter = OfEntity & QueryOf<'listJournalEntries'>;

/** Commands about the books of the embedded ERP. */
export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('The books of the embedded ERP.');
  command(ledger, 'entities', {
    summary: 'Lists the legal entities that keep their books here.',
    example: 'ledger entities',
  }).action((how: Common) => against(how, showEntities));
  ofEntity(
    command(ledger, 'trial-balance', {
      summary: 'Prints the trial balance of any days.',
      example: 'ledger trial-balance --entity DE01 --from 2026-01-01 --to 2026-03-31',
    }),
  )
    .option('--from <day>', 'the first day; else from the beginning')
    .requiredOption('--to <day>', 'the last day')
    .action(({ entity, from, to, ...how }: OfEntity & { from?: string; to: string }) =>
      against(how, (it) =>
        showTrialBalance(it, entity, { to, ...(from === undefined ? {} : { from }) }),
      ),
    );
  ofEntity(
    command(ledger, 'entries', {
      summary: 'Lists journal entries with their lines, newest first.',
      example: 'ledger entries --entity DE01 --account 1400 --from 2026-03-01',
    }),
  )
    .option('--from <day>', 'posted on or after')
    .option('--to <day>', 'posted on or before')
    .option('--kind <kind>', 'manual, invoice, payment, reversal …')
    .option('--account <number>', 'with a line on this account')
    .option('--number <number>', 'JE-2026-000042')
    .option('--search <text>', "in the text and the document's number")
    .option('--after <id>', 'go on after this one')
    .option('--limit <count>', 'at most so many', howMany, '20')
    .action(({ entity, json: _json, dataDir: _dataDir, ...query }: EntryFilter, all: Command) =>
      against(all.opts<Common>(), (it) => showEntries(it, entity, query)),
    );
  ofEntity(
    command(ledger, 'post', {
      summary: 'Posts a journal entry by hand from a file.',
      example: 'ledger post --entity DE01 --file rent.json',
    }),
  )
    .requiredOption('--file <path>', '{ postedOn, currency, text, lines }; - for standard input')
    .action(({ entity, file, ...how }: OfEntity & { file: string }) =>
      against(how, (it) => postEntry(it, entity, file)),
    );
  ofEntity(
    command(ledger, 'periods', {
      summary: 'Lists the periods of a fiscal year: open, soft-closed, closed.',
      example: 'ledger periods --entity DE01 --year 2026',
    }),
  )
    .requiredOption('--year <year>', 'the fiscal year, named after the calendar year it ends in')
    .action(({ entity, year, ...how }: OfEntity & { year: string }) =>
      against(how, (it) => showPeriods(it, entity, year)),
    );
}

const ofEntity = (parent: Command): Command =>
  parent.requiredOption('--entity <code>', 'whose books');
