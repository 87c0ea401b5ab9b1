import type { Command } from 'commander';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import { importFile, showImports, writeTemplate } from './import-commands.ts';
import type { ImportOptions } from './import-commands.ts';
import { takeImportBack } from './take-import-back.ts';
import type { TakeBackOptions } from './take-import-back.ts';

const KINDS =
  'accounts, customers, suppliers, items, prices, stock, receivables, payables, balances';

/** Commands that bring files into the embedded ERP. */
export function registerImports(erp: Command): void {
  command(erp, 'import <kind>', {
    summary: `Imports a CSV or Excel file of ${KINDS}.`,
    example: 'erp import customers --entity DE01 --file customers.xlsx --dry-run',
  })
    .requiredOption('--entity <code>', 'into whose books')
    .requiredOption('--file <path>', 'a .csv or .xlsx file')
    .option('--dry-run', 'books nothing, and says line by line what booking would')
    .option('--good-lines', 'books what is right, and leaves out what is refused')
    .option('--on <day>', 'the opening day, of stock, open items and balances')
    .option('--sheet <name>', 'of a workbook; else its first')
    .option('--decimal <sign>', "how numbers are written: '.' or ','")
    .option('--days <format>', 'how days are written: DD/MM/YYYY or MM/DD/YYYY')
    .option('--column <field=heading...>', 'which heading says a field, where it is not recognised')
    .action(
      (
        kind: string,
        { json: _json, dataDir: _dir, ...how }: Common & ImportOptions,
        all: Command,
      ) => against(all.opts<Common>(), (it) => importFile(it, kind, how)),
    );
  command(erp, 'take-import-back <id>', {
    summary:
      'Takes an import back: what it posted is reversed, and its file can be booked corrected.',
    example: "erp take-import-back imp_… --entity DE01 --reason 'the wrong file'",
  })
    .requiredOption('--entity <code>', 'out of whose books')
    .option('--dry-run', 'takes nothing back, and says what would be reversed and what cannot be')
    .option('--reason <text>', 'why; it is kept')
    .option('--on <day>', 'the day of the reversals; else the opening day')
    .action(
      (
        id: string,
        { json: _json, dataDir: _dir, ...how }: Common & TakeBackOptions,
        all: Command,
      ) => against(all.opts<Common>(), (it) => takeImportBack(it, id, how)),
    );
  command(erp, 'import-template <kind>', {
    summary: 'Writes an empty file of a kind, with its headings.',
    example: 'erp import-template customers --entity DE01 --german',
  })
    .requiredOption('--entity <code>', 'of whose books')
    .option('--file <path>', 'where to; else <kind>.csv')
    .option('--german', 'headings in German')
    .action((kind: string, how: Common & { entity: string; file?: string; german?: boolean }) =>
      against(how, (it) => writeTemplate(it, kind, how)),
    );
  command(erp, 'imports', {
    summary: 'Lists imports and dry runs: who, when, which file, what became of it.',
    example: 'erp imports --entity DE01',
  })
    .requiredOption('--entity <code>', 'of whose books')
    .option('--limit <count>', 'at most so many', howMany, '20')
    .action(({ entity, limit, ...how }: Common & { entity: string; limit: string }) =>
      against(how, (it) => showImports(it, entity, Number(limit))),
    );
}
