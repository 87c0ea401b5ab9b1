import { checked, sayCheck } from '#adapter-kit/checks';
import type { Command, ConnectionCheck, WriteOutcome, Writer } from '#adapter-kit';
import type { Json } from '#kernel';
import type { Clock, Instant } from '#kernel/time';
import type { Folder, FolderSource } from '../folder/folder.ts';
import type { ReadContext } from '../in-pages.ts';
import { say as sayFile } from '../sentences.ts';
import { openAnswers } from './answers.ts';
import type { Answers } from './answers.ts';
import { openBooks } from './books.ts';
import type { Books, Sent } from './books.ts';
import { handOver, manifestOf, putManifest } from './hand-over.ts';
import type { OutboundFile, OutboundLayout } from './layout.ts';
import { printCommand, printFile } from './print.ts';

/** What a writer works with. */
export type OutboundSettings = {
  readonly source: FolderSource;
  readonly layout: OutboundLayout;
  readonly stabilityMs: number;
  readonly context: Omit<ReadContext, 'stop'>;
};

type Desk = {
  readonly folder: Folder;
  readonly layout: OutboundLayout;
  readonly books: Books;
  readonly answers: Answers;
  readonly clock: Clock;
};

/** How it stands with what goes out. */
export type Outbound = {
  readonly writer: Writer;
  check(stop: AbortSignal): Promise<ConnectionCheck>;
};

const COMMANDS_MAX = 100;

/** Opens the outbound side of a folder. One at a time writes, looks or takes back. */
export function openOutbound(settings: OutboundSettings): Outbound {
  const { source, layout, context, stabilityMs } = settings;
  const books = openBooks(layout);
  const answersOf = openAnswers(layout.answers, stabilityMs);
  const alone = oneAtATime();
  const atDesk = async <T>(
    stop: AbortSignal,
    archive: boolean,
    work: (desk: Desk) => Promise<T>,
  ): Promise<T> =>
    await alone(async () => {
      stop.throwIfAborted();
      const folder = await source.open(stop);
      try {
        const answers = await answersOf(folder, { ...context, stop }, { archive });
        return await work({ folder, layout, books, answers, clock: context.clock });
      } finally {
        await folder.close();
      }
    });
  const send = async (
    commands: readonly Command[],
    stop: AbortSignal,
  ): Promise<readonly WriteOutcome[]> => {
    const file = fileFor(layout, commands);
    if (file === undefined) return commands.map(() => UNSUPPORTED);
    try {
      return await atDesk(stop, true, async (desk) => await handOver(desk, file, commands, stop));
    } catch (error) {
      // Whatever is thrown came before a file was laid down.
      const reason = error instanceof Error ? error.message : String(error);
      return commands.map(() => ({ ...NOT_REACHED, reason: `not sent: ${reason}` }));
    }
  };
  const writer: Writer = {
    write: async (command, stop) => (await send([command], stop))[0] ?? UNSUPPORTED,
    many: {
      commandsMax: layout.commandsMax ?? COMMANDS_MAX,
      write: async (commands, stop) => ({ each: await send(commands, stop) }),
    },
    lookup: async (command, stop) =>
      await atDesk(stop, true, async (desk) => await lookUp(desk, command)),
    unlaidSince: async (command, stop) =>
      await atDesk(stop, true, async (desk) => await unlaidSince(desk, command)),
    preview: (command) => preview(layout, command),
  };
  return {
    writer: layout.takenByRenaming === true ? { ...writer, withdraw: withdrawing(atDesk) } : writer,
    check: async (stop) => await atDesk(stop, false, checkDesk),
  };
}

type AtDesk = <T>(
  stop: AbortSignal,
  archive: boolean,
  work: (desk: Desk) => Promise<T>,
) => Promise<T>;

const withdrawing =
  (atDesk: AtDesk): NonNullable<Writer['withdraw']> =>
  async (command, stop) =>
    await atDesk(stop, true, async (desk) => await withdraw(desk, command));

const UNSUPPORTED: WriteOutcome = {
  outcome: 'rejected',
  why: 'unsupported',
  code: 'none',
  reason: 'the layout of the files says not how this is written',
};
const NOT_REACHED = { outcome: 'rejected', why: 'unavailable', code: 'none' } as const;

function fileFor(layout: OutboundLayout, commands: readonly Command[]): OutboundFile | undefined {
  const operation = commands[0]?.operation ?? '';
  return Object.hasOwn(layout.operations, operation) ? layout.operations[operation] : undefined;
}

type Looked = Awaited<ReturnType<Writer['lookup']>>;

async function lookUp(desk: Desk, { reference }: Command): Promise<Looked> {
  const { folder, layout, books, answers } = desk;
  for (const sent of await naming(desk, reference)) {
    const standing = await books.standing(folder, sent);
    if (standing === 'unfinished') {
      await books.undo(folder, sent); // It died before it was handed over.
      continue;
    }
    if (standing === 'withdrawn') return undefined;
    if (standing === 'lying') await repair(folder, layout, sent);
    const said = (answers.of.get(reference) ?? []).slice(sent.answered[reference] ?? 0);
    const answer = said.find((each) => 'key' in each) ?? said.at(-1);
    if (answer !== undefined) return answer;
    const place = `${layout.folder}/${sent.file}`;
    const odd = answers.oddities.length === 0 ? '' : `; ${answers.oddities.join('; ')}`;
    return { waiting: standing === 'lying' ? place : `${place}, taken and not answered${odd}` };
  }
  return undefined;
}

/**
 * Every file is noted before it gets its name. So what no note names, or only one of a file that never
 * got its name or was taken back, does not lie there; while the notes are whole.
 */
async function unlaidSince(desk: Desk, { reference }: Command): Promise<Instant | undefined> {
  const { folder, books } = desk;
  for (const sent of await naming(desk, reference)) {
    const standing = await books.standing(folder, sent);
    if (standing === 'withdrawn') break; // Those before it are answered for by it.
    if (standing !== 'unfinished') return undefined;
  }
  return await books.wholeSince(folder);
}

async function withdraw(desk: Desk, { reference }: Command): Promise<'withdrawn' | 'taken'> {
  const { folder, layout, books, answers } = desk;
  const [sent] = await naming(desk, reference);
  if (sent === undefined) {
    // Never handed over, unless notes were lost.
    return (await books.wholeSince(folder)) === undefined ? 'taken' : 'withdrawn';
  }
  if ((answers.of.get(reference)?.length ?? 0) > (sent.answered[reference] ?? 0)) return 'taken';
  const standing = await books.standing(folder, sent);
  if (standing === 'unfinished') await books.undo(folder, sent);
  if (standing !== 'lying') return standing === 'taken' ? 'taken' : 'withdrawn';
  const aside = `${layout.books}/withdrawn/${sent.file}`;
  try {
    await folder.rename(`${layout.folder}/${sent.file}`, aside);
  } catch (error) {
    // Taken in this very moment, or it cannot be told: then asking again will tell.
    if ((await books.standing(folder, sent)) === 'taken') return 'taken';
    throw error;
  }
  await folder.remove(manifestOf(layout, sent));
  return 'withdrawn';
}

/** What was handed over with a reference in it, the latest first. */
async function naming({ folder, books }: Desk, reference: string): Promise<readonly Sent[]> {
  return (await books.sent(folder)).filter(({ references }) => references.includes(reference));
}

/** Writes a manifest that a kill kept from being written. */
async function repair(folder: Folder, layout: OutboundLayout, sent: Sent): Promise<void> {
  if ((await folder.look(manifestOf(layout, sent))) === undefined) {
    await putManifest(folder, layout, sent);
  }
}

async function checkDesk({ folder, layout, books, answers }: Desk): Promise<ConnectionCheck> {
  const [all, lying] = [await books.sent(folder), await folder.list(layout.folder)];
  const names = new Set(lying.map(({ name }) => name));
  const waiting = all.filter(({ file }) => names.has(file)).length;
  const counts = { count: all.length, waiting };
  const oddities = answers.oddities.join('; ');
  const told =
    oddities === ''
      ? sayFile('handed-over', counts)
      : sayFile('handed-over-oddly', { ...counts, oddities });
  return checked(sayCheck('outbound', { folder: layout.folder }), oddities === '', told);
}

function preview(layout: OutboundLayout, command: Command): Json {
  const file = fileFor(layout, [command]);
  if (file === undefined) return { refused: 'the layout says not how this is written' };
  const printed = printCommand(file, command, 0);
  if (!('text' in printed)) return { refused: printed.reason, field: printed.field };
  const name = file.file.replace('{operation}', command.operation);
  return { folder: layout.folder, file: name, content: printFile(file, [printed]).toString() };
}

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return await mine;
  };
}
