import type { Command } from 'commander';
import { changeConnection } from './change-command.ts';
import type { ChangeWanted } from './change-command.ts';
import { against, command } from './command.ts';
import type { Common } from './command.ts';
import {
  connectSystem,
  disconnect,
  holdSystem,
  rotateVault,
  showAdapters,
  showConnection,
} from './connection-commands.ts';
import type { Wanted } from './connection-commands.ts';
import { showWebhooks } from './webhook-commands.ts';
import type { WebhooksWanted } from './webhook-commands.ts';
import { showPosting } from './posting-commands.ts';
import { dropSchedule, setSchedule, showSchedule } from './schedule-commands.ts';
import {
  compareMappings,
  decideDrift,
  dryRun,
  printMapping,
  printShippedMapping,
  restoreMapping,
  saveMapping,
  showDrift,
  showMappings,
} from './mapping-commands.ts';

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

/** Commands of those who connect systems. */
export function registerConnections(program: Command): void {
  registerConnecting(program);
  command(program, 'disconnect <name>', {
    summary: 'Forgets a connection with its settings and secrets; its records stay.',
    example: 'disconnect erp',
  }).action((name: string, how: Common) => against(how, (it) => disconnect(it, name)));
  command(program, 'hold <name>', {
    summary: 'Keeps everything from being sent to a system.',
    example: 'hold erp --reason "year-end closing"',
  })
    .requiredOption('--reason <text>', 'why')
    .action((name: string, how: Common & { reason: string }) =>
      against(how, (it) => holdSystem(it, name, how.reason)),
    );
  command(program, 'release <name>', {
    summary: 'Lets go what was held back from a system.',
    example: 'release erp',
  }).action((name: string, how: Common) => against(how, (it) => holdSystem(it, name, undefined)));
  command(program, 'webhooks <name>', {
    summary: 'Shows where a system tells of changes by itself, and what it told.',
    example: 'webhooks erp --state failed\n  rialto webhooks erp --rotate-secret',
  })
    .option('--state <states>', 'of waiting, done, failed')
    .option('--search <text>', 'in what the sender calls it, and what it named')
    .option('--rotate-secret', 'makes a new secret and prints it; the old one stays good')
    .option('--secret <source>', "sets the sender's own secret from env:VARIABLE, file:PATH or -")
    .option('--retire-secret', 'ends the secret before the present one')
    .action((name: string, how: Common & WebhooksWanted) =>
      against(how, (it) => showWebhooks(it, name, how)),
    );
  registerPosting(program);
  registerSchedules(program);
  command(program, 'rotate-keys', {
    summary: 'Renews the keys that credentials are sealed with.',
    example: 'rotate-keys',
  }).action((how: Common) => against(how, rotateVault));
  registerMappings(program);
}

function registerConnecting(program: Command): void {
  command(program, 'connect <adapter>', {
    summary: 'Connects a system; `rialto adapters` says what each adapter asks for.',
    example:
      'connect file --name works --path ./adventureworks --mapping adventureworks\n' +
      '  rialto connect tryton --name erp --set url=https://erp.example --set database=company\n' +
      '    --set username=rialto --secret password=env:ERP_PASSWORD',
  })
    .requiredOption('--name <name>', 'what to call it')
    .option('--path <folder>', 'of adapter file: where the files are')
    .option('--entity <code>', 'of adapter embedded: whose books')
    .option('--mapping <name or file>', 'how it is read: one that ships, or ./my-pack.json')
    .option('--set <key=value>', 'a setting; as often as needed', collect)
    .option('--posting <key=value>', 'how patient postings to it are; see `posting`', collect)
    .option('--fallback <name>', 'who stands in for it while it is away')
    .option('--secret <name=source>', 'a secret from env:VARIABLE, file:PATH or - ', collect)
    .action((adapter: string, how: Common & Partial<Wanted> & { name: string }) =>
      against(how, (context) =>
        connectSystem(context, adapter, { ...how, set: how.set ?? [], secret: how.secret ?? [] }),
      ),
    );
  command(program, 'change <name>', {
    summary: 'Changes how a system is reached; what is not named stays.',
    example:
      'change erp --set networks=10.1.0.0/16\n  rialto change erp --secret password=env:NEW_PASSWORD',
  })
    .option('--path <folder>', 'of adapter file: where the files are')
    .option('--set <key=value>', 'a setting; without a value it is taken away', collect)
    .option('--secret <name=source>', 'a secret from env:VARIABLE, file:PATH or - ', collect)
    .action((name: string, how: Common & Partial<ChangeWanted>) =>
      against(how, (context) =>
        changeConnection(context, name, { ...how, set: how.set ?? [], secret: how.secret ?? [] }),
      ),
    );
  command(program, 'adapters', {
    summary: 'Lists the adapters and what each asks for.',
    example: 'adapters',
  }).action((how: Common) => against(how, showAdapters));
  command(program, 'connection <name>', {
    summary: 'Shows a connection and how it is doing.',
    example: 'connection erp',
  }).action((name: string, how: Common) => against(how, (it) => showConnection(it, name)));
}

function registerPosting(program: Command): void {
  command(program, 'posting <name>', {
    summary: 'Shows or sets how patient postings to a system are, and who stands in for it.',
    example: 'posting erp --set settleMs=120000 --fallback files',
  })
    .option('--set <key=value>', 'what to change; without a value, as usual again', collect)
    .option('--fallback <name>', 'who stands in while it is away; none for nobody')
    .action((name: string, how: Common & { set?: readonly string[]; fallback?: string }) =>
      against(how, (it) => {
        const { set = [], fallback } = how;
        return showPosting(it, name, fallback === undefined ? { set } : { set, fallback });
      }),
    );
}

function registerSchedules(program: Command): void {
  const schedule = program.command('schedule').description('When sources are read by themselves.');
  command(schedule, 'show <name>', {
    summary: 'Says when a source is read by itself.',
    example: 'schedule show erp',
  }).action((name: string, how: Common) => against(how, (it) => showSchedule(it, name)));
  command(schedule, 'set <name> <cron>', {
    summary: "Reads a source by itself, by the company's clock: minute hour day month weekday.",
    example: 'schedule set erp "30 2 * * 1-5"',
  })
    .option('--paused', 'keep it, but do not run it')
    .action((name: string, cron: string, how: Common & { paused?: boolean }) =>
      against(how, (it) => setSchedule(it, name, { cron, paused: how.paused === true })),
    );
  command(schedule, 'drop <name>', {
    summary: 'Takes the schedule away.',
    example: 'schedule drop erp',
  }).action((name: string, how: Common) => against(how, (it) => dropSchedule(it, name)));
}

function registerMappings(program: Command): void {
  command(program, 'dry-run <name>', {
    summary: 'Says what a sync would do, field by field, and does nothing.',
    example: 'dry-run erp --mapping-file edited.json --documents 500',
  })
    .option('--mapping-file <path>', 'with this mapping instead of the one in force')
    .option('--documents <number>', 'only so many of each entity')
    .action((name: string, how: Common & { mappingFile?: string; documents?: string }) =>
      against(how, (it) => dryRun(it, name, how)),
    );
  const mappings = program.command('mappings').description('Looks after how sources are read.');
  command(mappings, 'list <name>', {
    summary: 'Lists the versions of a mapping, newest first.',
    example: 'mappings list erp',
  }).action((name: string, how: Common) => against(how, (it) => showMappings(it, name)));
  command(mappings, 'show <name> <version>', {
    summary: 'Prints a version as JSON, to be edited and saved.',
    example: 'mappings show erp 3 > mapping.json',
  }).action((name: string, version: string, how: Common) =>
    against(how, (it) => printMapping(it, name, version)),
  );
  command(mappings, 'example <name>', {
    summary: 'Prints a mapping that ships with Rialto, to begin your own from.',
    example: 'mappings example excel-and-xml > my-mapping.json',
  }).action((name: string, how: Common) => against(how, (it) => printShippedMapping(it, name)));
  command(mappings, 'compare <name>', {
    summary: 'Compares two versions, field by field.',
    example: 'mappings compare erp --from 2 --to 3',
  })
    .requiredOption('--from <version>', 'before')
    .requiredOption('--to <version>', 'after')
    .action((name: string, how: Common & { from: string; to: string }) =>
      against(how, (it) => compareMappings(it, name, how)),
    );
  command(mappings, 'save <name>', {
    summary: 'Puts a mapping from a file in force, as a new version.',
    example: 'mappings save erp --file mapping.json --note "city from the address"',
  })
    .requiredOption('--file <path>', 'the mapping, or - for standard input')
    .option('--note <text>', 'why')
    .action((name: string, how: Common & { file: string; note?: string }) =>
      against(how, (it) => saveMapping(it, name, how)),
    );
  command(mappings, 'restore <name> <version>', {
    summary: 'Puts an earlier version in force again, as a new version.',
    example: 'mappings restore erp 2',
  }).action((name: string, version: string, how: Common) =>
    against(how, (it) => restoreMapping(it, name, version)),
  );
  const drift = program.command('drift').description('Where sources look other than before.');
  command(drift, 'list', { summary: 'Lists what is open or refused.', example: 'drift list' })
    .option('--integration <name>', 'of one source')
    .action((how: Common & { integration?: string }) => {
      const { integration } = how;
      return against(how, (it) => showDrift(it, integration === undefined ? {} : { integration }));
    });
  for (const [verb, status] of [
    ['accept', 'accepted'],
    ['refuse', 'refused'],
  ] as const) {
    command(drift, `${verb} <id>`, {
      summary: verb === 'accept' ? 'Goes on without what is gone.' : 'Holds it up for good.',
      example: `drift ${verb} drift_01J…`,
    }).action((id: string, how: Common) => against(how, (it) => decideDrift(it, id, status)));
  }
}
