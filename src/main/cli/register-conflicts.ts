import type { Command } from 'commander';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import {
  decideConflict,
  restoreRules,
  setRules,
  showConflict,
  showConflicts,
  showRules,
  showRulesVersions,
} from './conflict-commands.ts';

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

type Filter = {
  readonly integration?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly search?: string;
  readonly limit: string;
};
type Decided = {
  readonly whole?: string;
  readonly take?: readonly string[];
  readonly value?: readonly string[];
  readonly reason?: string;
};

/** Commands of those who decide when a change here met a change there. */
export function registerConflicts(program: Command): void {
  const conflicts = program
    .command('conflicts')
    .description('Changes wanted here that met changes made there.');
  command(conflicts, 'list', {
    summary: 'Lists those that wait for a person.',
    example: 'conflicts list --integration erp',
  })
    .option('--integration <name>', 'of one system')
    .option('--kind <kind>', 'supplier, purchase-order …')
    .option('--state <states>', 'open, settled, decided, withdrawn; several with commas')
    .option('--search <text>', 'in what it is about, and who wanted it')
    .option('--limit <number>', 'how many', howMany, '50')
    .action(({ limit, integration, kind, state, search, ...how }: Common & Filter) =>
      against(how, (it) =>
        showConflicts(it, {
          pageSize: limit,
          ...(integration === undefined ? {} : { integration }),
          ...(kind === undefined ? {} : { kind }),
          ...(state === undefined ? {} : { state }),
          ...(search === undefined ? {} : { search }),
        }),
      ),
    );
  command(conflicts, 'show <id>', {
    summary: 'Shows both versions, field by field.',
    example: 'conflicts show conflict_01J…',
  }).action((id: string, how: Common) => against(how, (it) => showConflict(it, id)));
  command(conflicts, 'decide <id>', {
    summary: 'Decides: all of one side, or field by field.',
    example: 'conflicts decide conflict_01J… --whole theirs --take "lines[1].unitPrice=ours"',
  })
    .option('--whole <side>', 'ours or theirs, for every field that is not named')
    .option('--take <field=side>', 'ours or theirs for one field; as often as needed', collect)
    .option('--value <field=value>', 'another value; as often as needed', collect)
    .option('--reason <text>', 'why, for the audit log')
    .action((id: string, { take = [], value = [], ...how }: Common & Decided) =>
      against(how, (it) => decideConflict(it, id, { ...how, take, value })),
    );
  registerRules(program);
}

function registerRules(program: Command): void {
  const rules = program
    .command('conflict-rules')
    .description('Who wins a field that both sides changed.');
  command(rules, 'list <integration>', {
    summary: 'Lists the rules in force.',
    example: 'conflict-rules list erp',
  }).action((name: string, how: Common) => against(how, (it) => showRules(it, name)));
  command(rules, 'set <integration> <kind> [rules...]', {
    summary: 'Puts rules in force, instead of those before; without any, everything is asked.',
    example: 'conflict-rules set erp purchase-order lines.unitPrice=theirs requester=newest',
  })
    .option('--note <text>', 'why')
    .action((name: string, kind: string, given: string[], how: Common & { note?: string }) =>
      against(how, (it) =>
        setRules(
          it,
          { name, kind },
          { rules: given, ...(how.note === undefined ? {} : { note: how.note }) },
        ),
      ),
    );
  command(rules, 'versions <integration> <kind>', {
    summary: 'Lists every version, newest first.',
    example: 'conflict-rules versions erp purchase-order',
  }).action((name: string, kind: string, how: Common) =>
    against(how, (it) => showRulesVersions(it, { name, kind })),
  );
  command(rules, 'restore <integration> <kind> <version>', {
    summary: 'Puts earlier rules in force again, as a new version.',
    example: 'conflict-rules restore erp purchase-order 2',
  }).action((name: string, kind: string, version: string, how: Common) =>
    against(how, (it) => restoreRules(it, { name, kind }, version)),
  );
}
