import type { Command } from 'commander';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import { registerImports } from './register-imports.ts';
import { TRADE_LISTS } from './trade-commands.ts';
import { partyId } from './trade-list.ts';
import type { List, TradeFilter } from './trade-list.ts';
import { WORK_LISTS } from './work-commands.ts';

type Options = Common & TradeFilter & { readonly entity: string };

/** Commands that show what is bought, paid and sold in the embedded ERP. */
export function registerTrade(program: Command): void {
  const erp = program.command('erp').description('What is bought, made, paid, sold and imported.');
  for (const list of [...TRADE_LISTS, ...WORK_LISTS]) registerList(erp, list);
  registerImports(erp);
}

/** A list has the options that narrow it, and no other: what it cannot be asked is refused. */
function registerList(erp: Command, { name, summary, by, show }: List): void {
  const days = by.days === true ? ' --from 2026-03-01' : '';
  const list = command(erp, name, { summary, example: `erp ${name} --entity DE01${days}` });
  list.requiredOption('--entity <code>', 'whose books');
  if (by.party !== undefined) list.option('--party <number>', `of this ${by.party}; or its id`);
  if (by.status !== undefined) list.option('--status <status>', by.status);
  if (by.days === true)
    list.option('--from <day>', 'on or after').option('--to <day>', 'on or before');
  if (by.whole !== true) {
    list
      .option('--after <place>', 'go on where a page before ended')
      .option('--limit <count>', 'at most so many', howMany, '20');
  }
  list.action(
    ({ entity, json: _json, dataDir: _dataDir, party, ...filter }: Options, all: Command) =>
      against(all.opts<Common>(), async (it) => {
        if (party === undefined || by.party === undefined) return await show(it, entity, filter);
        const id = await partyId(it, entity, { role: by.party, named: party });
        return await show(it, entity, { ...filter, party: id });
      }),
  );
}
