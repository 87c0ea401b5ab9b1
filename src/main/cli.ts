import { Command } from 'commander';
import {
  askQuestion,
  printSignInLink,
  rebuildWarehouse,
  showMetrics,
  showStatus,
} from './cli/answer-commands.ts';
import { showAudit, verifyAudit } from './cli/audit-commands.ts';
import type { AuditFilter } from './cli/audit-commands.ts';
import { against, command, howMany } from './cli/command.ts';
import type { Common } from './cli/command.ts';
import {
  addPerson,
  changeRole,
  disablePerson,
  enablePerson,
  resetPerson,
  ROLE_NAMES,
  showPeople,
} from './cli/people-commands.ts';
import { registerConflicts } from './cli/register-conflicts.ts';
import { registerConnections } from './cli/register-connections.ts';
import { registerLedger } from './cli/register-ledger.ts';
import { registerTrade } from './cli/register-trade.ts';
import { registerSimulation } from './cli/simulate-commands.ts';
import { registerTransactions } from './cli/register-transactions.ts';
import {
  showIntegrations,
  showQuarantine,
  showRuns,
  syncSource,
  testSource,
} from './cli/source-commands.ts';
import { EXIT_CODES, exitCodeOf } from './errors.ts';
import { tellError } from './tell-error.ts';

const EXITS = `
Exit codes: 0 done · 1 failed · 2 the command needs fixing · 3 done, but something is held
(sync --strict) · 4 not found · 5 in use or already there · 6 not possible just now · 130, 143 stopped`;

const program = new Command('rialto')
  .description('Connects ERPs, keeps one true record of the business, and answers questions.')
  .addHelpText('after', EXITS);

registerConnections(program);

command(program, 'test <name>', {
  summary: 'Looks whether a source can be read.',
  example: 'test adventureworks',
}).action((name: string, how: Common) => against(how, (context) => testSource(context, name)));

command(program, 'sync <name>', {
  summary: 'Reads a source, and waits until questions see what came.',
  example: 'sync adventureworks',
})
  .option('--strict', 'exit with 3 when something is in quarantine or could not be read')
  .option('--accept-deletions', 'delete even when a large part is gone from the source')
  .option('--full', 'read everything, also what the source says has not changed')
  .action(
    (name: string, how: Common & { strict?: boolean; acceptDeletions?: boolean; full?: boolean }) =>
      against(how, (context) =>
        syncSource(context, name, {
          strict: how.strict === true,
          acceptDeletions: how.acceptDeletions === true,
          full: how.full === true,
        }),
      ),
  );

command(program, 'ask <question...>', {
  summary: 'Answers a question in plain words.',
  example: 'ask "top 5 vendors by spend in 2025" --json',
})
  .option('--as-of <day>', "what 'today' is, YYYY-MM-DD")
  .option('--locale <language>', 'en or de; left out: that of the terminal')
  .option(
    '--after <file>',
    'goes on from the answer kept there as JSON; - reads it from standard input',
  )
  .action((words: readonly string[], how: Common & Parameters<typeof askQuestion>[2]) =>
    against(how, (context) => askQuestion(context, words.join(' '), how)),
  );

command(program, 'quarantine', {
  summary: 'Lists source rows that could not become records, and why.',
  example: 'quarantine --integration adventureworks',
})
  .option('--integration <name>', 'of one source')
  .option('--kind <kind>', 'of one kind of record')
  .option('--search <text>', 'with this text')
  .option('--limit <number>', 'at most so many', howMany, '100')
  .action(
    (how: Common & { integration?: string; kind?: string; search?: string; limit: string }) => {
      const { json: _, dataDir: __, ...query } = how;
      return against(how, (context) => showQuarantine(context, query));
    },
  );

command(program, 'runs', {
  summary: 'Lists runs, newest first.',
  example: 'runs --integration adventureworks',
})
  .option('--integration <name>', 'of one source')
  .option('--limit <number>', 'at most so many', howMany, '20')
  .action((how: Common & { integration?: string; limit: string }) => {
    const { json: _, dataDir: __, ...query } = how;
    return against(how, (context) => showRuns(context, query));
  });

const PLAIN = [
  ['integrations', 'Lists the connected sources.', showIntegrations],
  ['metrics', 'Lists what can be asked.', showMetrics],
  ['rebuild', 'Builds the warehouse anew from the change log.', rebuildWarehouse],
  ['status', 'Shows what is here and how fresh it is.', showStatus],
  ['sign-in', 'Prints a link that signs the administrator in, once.', printSignInLink],
] as const;
for (const [name, summary, run] of PLAIN) {
  command(program, name, { summary, example: name }).action((how: Common) => against(how, run));
}

registerTransactions(program);
registerConflicts(program);
registerLedger(program);
registerTrade(program);
registerSimulation(program);

const people = program.command('people').description('Looks after who may sign in.');
command(people, 'list', {
  summary: 'Lists everyone who can sign in.',
  example: 'people list',
}).action((how: Common) => against(how, showPeople));

command(people, 'add <name>', {
  summary: 'Adds a person and prints a link that signs them in, once.',
  example: 'people add ada --role buyer --email ada@example.com',
})
  .requiredOption('--role <role>', ROLE_NAMES)
  .option('--email <address>', 'where to reach them')
  .action((name: string, how: Common & { role: string; email?: string }) =>
    against(how, (context) => addPerson(context, name, how)),
  );

command(people, 'role <name> <role>', {
  summary: `Gives a person another role: ${ROLE_NAMES}.`,
  example: 'people role ada controller',
}).action((name: string, role: string, how: Common) =>
  against(how, (context) => changeRole(context, name, role)),
);

const ABOUT_A_PERSON = [
  ['disable', 'Lets a person in no more; their sessions end at once.', disablePerson],
  ['enable', 'Lets a disabled person sign in again.', enablePerson],
  ['reset', "Takes a person's password and sessions away; prints a fresh link.", resetPerson],
] as const;
for (const [verb, summary, run] of ABOUT_A_PERSON) {
  command(people, `${verb} <name>`, { summary, example: `people ${verb} ada` }).action(
    (name: string, how: Common) => against(how, (context) => run(context, name)),
  );
}

const audit = program.command('audit').description('Looks after the audit log.');
command(audit, 'list', {
  summary: 'Lists what people did, newest first.',
  example: 'audit list --action people --from 2025-01-01',
})
  .option('--actor <id>', "a person's id, or command-line")
  .option('--action <name>', 'as people.added, or its beginning: people')
  .option('--outcome <outcome>', 'intended, done, failed; several with commas')
  .option('--subject <id>', 'what it was done to')
  .option('--trace-id <id>', 'of one call')
  .option('--from <day>', 'first day (UTC)')
  .option('--to <day>', 'last day (UTC)')
  .option('--limit <number>', 'at most so many', howMany, '50')
  .option('--page <number>', 'which page', '1')
  .action((how: Common & AuditFilter) => {
    const { json: _, dataDir: __, ...filter } = how;
    return against(how, (context) => showAudit(context, filter));
  });

command(audit, 'verify', {
  summary: 'Recomputes the chain and says whether the log is whole.',
  example: 'audit verify --position 4711 --hash 5f1c…',
})
  .option('--position <number>', 'of an event that was noted elsewhere')
  .option('--hash <hash>', 'its hash')
  .action((how: Common & { position?: string; hash?: string }) =>
    against(how, (context) => verifyAudit(context, how)),
  );

function endAt(error: { readonly exitCode: number }): never {
  process.exit(error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.invalid);
}
/** What is mistyped ends with 2, and with where to look. */
function refuseInOrder(each: Command, path: string): void {
  each.exitOverride(endAt).showHelpAfterError(`\`${path} --help\` says what there is.`);
  for (const below of each.commands) refuseInOrder(below, `${path} ${below.name()}`);
}
refuseInOrder(program, program.name());

try {
  await program.parseAsync();
} catch (error) {
  tellError(error);
  process.exitCode = exitCodeOf(error);
}
process.exit(); // Whatever is still open belongs to a command that has ended.
