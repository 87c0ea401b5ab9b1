import { createHash } from 'node:crypto';
import { outcomeOfFailure } from '#adapter-kit';
import type { Command, WriteOutcome } from '#adapter-kit';
import { describeError } from '#kernel';
import type { Clock } from '#kernel/time';
import type { Folder } from '../folder/folder.ts';
import type { Answers } from './answers.ts';
import { padded, partOf, placeFile } from './books.ts';
import type { Books, Sent } from './books.ts';
import type { OutboundFile, OutboundLayout } from './layout.ts';
import { printCommand, printFile } from './print.ts';
import type { Printed } from './print.ts';

type Desk = {
  readonly folder: Folder;
  readonly layout: OutboundLayout;
  readonly books: Books;
  readonly answers: Answers;
  readonly clock: Clock;
};

type Piece = { readonly command: Command; readonly printed: Printed };

/**
 * Hands commands over in one file. The file lies ready under another name, its note is written, and
 * then it gets its name in one step: before that it is certainly not handed over, after that it is.
 */
export async function handOver(
  desk: Desk,
  file: OutboundFile,
  commands: readonly Command[],
  stop: AbortSignal,
): Promise<readonly WriteOutcome[]> {
  const sequence = await nextSequence(desk);
  const outcomes = new Map<Command, WriteOutcome>();
  const pieces: Piece[] = [];
  for (const command of commands) {
    const printed = printCommand(file, command, sequence);
    if ('text' in printed) pieces.push({ command, printed });
    else {
      const { reason, field } = printed;
      outcomes.set(command, { outcome: 'rejected', why: 'invalid', code: 'none', reason, field });
    }
  }
  if (pieces.length > 0) {
    const outcome = await layDown(desk, { file, sequence, pieces }, stop);
    for (const { command } of pieces) outcomes.set(command, outcome);
  }
  return commands.map((command) => outcomes.get(command) ?? NEVER);
}

const NEVER: WriteOutcome = { outcome: 'uncertain', reason: 'nothing was said of it' };

type Batch = {
  readonly file: OutboundFile;
  readonly sequence: number;
  readonly pieces: readonly Piece[];
};

async function layDown(desk: Desk, batch: Batch, stop: AbortSignal): Promise<WriteOutcome> {
  const { folder, layout, books, clock } = desk;
  let sent: Sent;
  try {
    const content = printFile(
      batch.file,
      batch.pieces.map(({ printed }) => printed),
    );
    sent = await describe(desk, batch, content);
    stop.throwIfAborted();
    for (const place of [layout.folder, `${layout.books}/sent`, `${layout.books}/withdrawn`]) {
      await folder.make(place);
    }
    await books.begin(folder, clock());
    const part = partOf(layout, sent.file);
    await folder.remove(part);
    await folder.put(part, content);
    await books.note(folder, sent);
    stop.throwIfAborted();
  } catch (error) {
    return outcomeOfFailure(error); // It has not got its name: nobody takes it up.
  }
  const place = `${layout.folder}/${sent.file}`;
  try {
    await folder.rename(partOf(layout, sent.file), place);
  } catch (error) {
    return { outcome: 'uncertain', reason: `naming ${place}: ${describeError(error)}` };
  }
  const said = await putManifest(folder, layout, sent).then(
    () => ({}),
    (error: unknown) => ({ manifest: `comes later: ${describeError(error)}` }),
  );
  const detail = { file: sent.file, sequence: sent.sequence, commands: sent.count, ...said };
  return { outcome: 'handed-over', place, detail };
}

/** Writes what stands beside a file: whoever takes it up can see that it is whole. */
export async function putManifest(
  folder: Folder,
  layout: OutboundLayout,
  sent: Sent,
): Promise<void> {
  const { answered: _, ...manifest } = sent;
  const content = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await placeFile(folder, manifestOf(layout, sent), content);
}

export const manifestOf = ({ folder }: OutboundLayout, { file }: Sent): string =>
  `${folder}/${file}.manifest.json`;

async function nextSequence({ folder, books }: Desk): Promise<number> {
  for (const sent of await books.sent(folder)) {
    if ((await books.standing(folder, sent)) !== 'unfinished') return sent.sequence + 1;
    await books.undo(folder, sent); // What died before it was handed over; its number is free.
  }
  return 1;
}

async function describe(
  { folder, books, answers }: Desk,
  { file, sequence, pieces }: Batch,
  content: Buffer,
): Promise<Sent> {
  const operation = pieces[0]?.command.operation ?? '';
  const name = file.file.replace('{operation}', operation).replace('{sequence}', padded(sequence));
  const gone = await books.withdrawn(folder);
  const before = (await books.sent(folder)).find((sent) => !gone.includes(sent.file));
  const references = pieces.map(({ command }) => command.reference);
  const rows = pieces.reduce((sum, { printed }) => sum + printed.rows, 0);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    file: name,
    operation,
    sequence,
    previous: before?.sequence ?? 0,
    count: pieces.length,
    files: { [name]: { sha256, rows } },
    references,
    answered: Object.fromEntries(
      references.map((reference) => [reference, answers.of.get(reference)?.length ?? 0]),
    ),
  };
}
