import type { Command } from 'commander';
import { against, command, howMany } from './command.ts';
import type { Common } from './command.ts';
import {
  createBatch,
  createTransaction,
  dismissDeadLetter,
  editDeadLetter,
  retryDeadLetter,
  retryDeadLetters,
  rollBack,
  settleDeadLetter,
  showBatches,
  showDeadLetters,
  showTransaction,
  showTransactions,
  withdrawTransaction,
} from './transaction-commands.ts';
import type { TransactionFilter } from './transaction-commands.ts';

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

/** Commands about what is written to other systems. */
export function registerTransactions(program: Command): void {
  const transactions = program
    .command('transactions')
    .description('What is written to other systems.');
  filtered(
    command(transactions, 'list', {
      summary: 'Lists them, newest first.',
      example: 'transactions list --state dead,conflict',
    }),
  )
    .option(
      '--state <states>',
      'intent, sending, uncertain, handed-over, accepted, dead, conflict, dismissed',
    )
    .option('--batch <id>', 'of one batch')
    .action((how: Common & TransactionFilter) =>
      against(how, (it) => showTransactions(it, withoutCommon(how))),
    );
  command(transactions, 'show <id>', {
    summary: 'Shows one with everything that happened.',
    example: 'transactions show posting_01J…',
  }).action((id: string, how: Common) => against(how, (it) => showTransaction(it, id)));
  command(transactions, 'withdraw <id>', {
    summary: 'Takes back what was handed over and is not taken up yet.',
    example: 'transactions withdraw posting_01J… --reason "ordered by telephone"',
  })
    .requiredOption('--reason <text>', 'why')
    .action((id: string, how: Common & { reason: string }) =>
      against(how, (it) => withdrawTransaction(it, id, how.reason)),
    );
  command(transactions, 'create', {
    summary: 'Writes down that something is to be booked; it is sent once, whatever happens.',
    example:
      'transactions create --integration erp --operation create-purchase-order --key PO-7 --file po.json',
  })
    .requiredOption('--integration <name>', 'the system')
    .requiredOption('--operation <name>', 'what is to be done')
    .requiredOption('--key <text>', 'names the one thing that is wanted: the same key is sent once')
    .option('--file <path>', 'what it carries, as JSON; - for standard input')
    .option('--target <key>', "what it changes or cancels: the system's key")
    .option('--dry-run', 'only say what it would do')
    .action(
      (
        how: Common & {
          integration: string;
          operation: string;
          key: string;
          file?: string;
          target?: string;
          dryRun?: boolean;
        },
      ) => {
        const { key: businessKey, dryRun = false, ...rest } = how;
        return against(how, (it) => createTransaction(it, { ...rest, businessKey, dryRun }));
      },
    );
  registerDeadLetters(program);
  registerBatches(program);
}

function registerBatches(program: Command): void {
  const batches = program.command('batches').description('Transactions that belong together.');
  command(batches, 'list', { summary: 'Lists them, newest first.', example: 'batches list' })
    .option('--integration <name>', 'of one system')
    .option('--limit <number>', 'at most so many', howMany, '50')
    .action((how: Common & { integration?: string; limit: string }) => {
      const { json: _, dataDir: __, ...query } = how;
      return against(how, (it) => showBatches(it, query));
    });
  command(batches, 'create', {
    summary: 'Writes down a batch from a file, all of it or nothing.',
    example: 'batches create --integration erp --title "opening orders" --file orders.json',
  })
    .requiredOption('--integration <name>', 'the system')
    .requiredOption('--title <text>', 'what it is')
    .requiredOption('--file <path>', 'a JSON list of { operation, businessKey, payload, target? }')
    .action((how: Common & { integration: string; title: string; file: string }) =>
      against(how, (it) => createBatch(it, how)),
    );
  command(program, 'rollback <batch>', {
    summary: 'Takes a finished batch back, as far as the other side has not moved on.',
    example: 'rollback batch_01J…',
  })
    .option('--confirm <id=seen>', 'of one that it asked about, as it said', collect)
    .action((batch: string, how: Common & { confirm?: readonly string[] }) =>
      against(how, (it) => rollBack(it, batch, how.confirm ?? [])),
    );
}

function registerDeadLetters(program: Command): void {
  const dead = program.command('dead-letters').description('What waits for a person to be sent.');
  filtered(
    command(dead, 'list', { summary: 'Lists them, newest first.', example: 'dead-letters list' }),
  ).action((how: Common & TransactionFilter) =>
    against(how, (it) => showDeadLetters(it, withoutCommon(how))),
  );
  command(dead, 'edit <id>', {
    summary: 'Replaces what it carries; retry sends it.',
    example: 'dead-letters edit posting_01J… --file corrected.json',
  })
    .requiredOption('--file <path>', 'what it is to carry, as JSON')
    .action((id: string, how: Common & { file: string }) =>
      against(how, (it) => editDeadLetter(it, id, how.file)),
    );
  command(dead, 'retry <id>', {
    summary: 'Sends it again, as it is now.',
    example: 'dead-letters retry posting_01J…',
  }).action((id: string, how: Common) => against(how, (it) => retryDeadLetter(it, id)));
  command(dead, 'retry-all', {
    summary: 'Sends all of a system again that fit.',
    example: 'dead-letters retry-all --integration erp --search "warehouse closed"',
  })
    .requiredOption('--integration <name>', 'the system')
    .option('--operation <name>', 'of one operation')
    .option('--search <text>', 'in reference, key or reason')
    .action((how: Common & { integration: string; operation?: string; search?: string }) => {
      const { json: _, dataDir: __, ...which } = how;
      return against(how, (it) => retryDeadLetters(it, which));
    });
  command(dead, 'dismiss <id>', {
    summary: 'Gives it up for good.',
    example: 'dead-letters dismiss posting_01J… --reason "ordered by telephone"',
  })
    .requiredOption('--reason <text>', 'why')
    .action((id: string, how: Common & { reason: string }) =>
      against(how, (it) => dismissDeadLetter(it, id, how.reason)),
    );
  command(dead, 'settle <id>', {
    summary: 'Says what you saw in the other system: booked as a key, or not there.',
    example: 'dead-letters settle posting_01J… --booked-as 4711 --reason "seen in the ERP"',
  })
    .option('--booked-as <key>', 'what the system calls it; left out: it is not there')
    .requiredOption('--reason <text>', 'how you know')
    .action((id: string, how: Common & { bookedAs?: string; reason: string }) =>
      against(how, (it) => settleDeadLetter(it, id, how)),
    );
}

const filtered = (list: Command): Command =>
  list
    .option('--integration <name>', 'of one system')
    .option('--operation <name>', 'of one operation')
    .option('--search <text>', 'in reference, key or reason')
    .option('--limit <number>', 'at most so many', howMany, '50');

function withoutCommon(how: Common & TransactionFilter): TransactionFilter {
  const { json: _, dataDir: __, ...filter } = how;
  return filter;
}
