import type { Command } from 'commander';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import { registerImports } from './register-imports.ts';
import { TRADE_LISTS } from './trade-commands.ts';
import type { TradeFilter } from './trade-commands.ts';
import { WORK_LISTS } from './work-commands.ts';

type Options = Common & TradeFilter & { readonly entity: string };

/** Commands that show what is bought, paid and sold in the embedded ERP. */
export function registerTrade(program: Command): void {
  const erp = program.command('erp').description('What is bought, made, paid, sold and imported.');
  for (const [name, summary, show] of [...TRADE_LISTS, ...WORK_LISTS]) {
    command(erp, name, { summary, example: `erp ${name} --entity DE01 --from 2026-03-01` })
      .requiredOption('--entity <code>', 'whose books')
      .option('--party <id>', 'of this supplier or customer')
      .option('--status <status>', 'orders: draft,issued …; payables: open, overdue, cleared')
      .option('--from <day>', 'on or after')
      .option('--to <day>', 'on or before')
      .option('--after <id>', 'go on after this one')
      .option('--limit <count>', 'at most so many', howMany, '20')
      .action(({ entity, json: _json, dataDir: _dataDir, ...filter }: Options, all: Command) =>
        against(all.opts<Common>(), (it) => show(it, entity, filter)),
      );
  }
  registerImports(erp);
}
