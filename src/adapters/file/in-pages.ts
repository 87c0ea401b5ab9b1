import type { Cursor, RowProblem, RowsPage, SourceRow } from '#adapter-kit';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { fileError } from './errors.ts';
import type { OpenFile } from './folder/folder.ts';
import type { FileLimits } from './limits.ts';
import { parsePlace, printPlace } from './place.ts';
import { say } from './sentences.ts';
import { assertUnchanged } from './unchanged.ts';
import { Unreadable } from './unreadable.ts';

/** What a reading is held to. */
export type ReadContext = {
  readonly limits: FileLimits;
  readonly clock: Clock;
  readonly stop: AbortSignal;
};

/** One row, or why it is none, by its number in the file: rising, from 1. */
export type Item = { readonly at: number } & (
  | { readonly values: SourceRow['values'] }
  | { readonly problem: Omit<RowProblem, 'file' | 'line'> }
);

type Source = {
  readonly file: OpenFile;
  readonly name: string;
  readonly after: Cursor | undefined;
};

const END = 999_999_999_999_999; // A place after everything: nothing could be read from there on.
const PAGE_CHARS_MAX = 32_000_000;

/**
 * Cuts what is read from the start into pages, leaving out what stands before the cursor. Where
 * reading ends with `Unreadable`, the last page says so, and what came before is not lost.
 */
export async function* inPages(
  batches: AsyncIterable<readonly Item[]>,
  { file, name, after }: Source,
  { limits, clock, stop }: ReadContext,
): AsyncGenerator<RowsPage> {
  const from = after === undefined ? 0 : parsePlace(after, file.edition).offset;
  if (from === END) return;
  const page = emptyPage();
  const cut = (at: number): RowsPage => {
    const next = printPlace({ offset: at, line: Math.min(at, END), edition: file.edition });
    beganMs = millisecondsOf(clock());
    return { ...page.take(), next };
  };
  let last = from;
  let beganMs = millisecondsOf(clock());
  try {
    for await (const batch of batches) {
      stop.throwIfAborted();
      if (millisecondsOf(clock()) - beganMs > limits.pageMsMax) throw tooSlow(name, limits);
      const items = from === 0 ? batch : batch.filter(({ at }) => at > from);
      for (const full of fill(page, name, items, limits)) yield cut(full);
      last = items.at(-1)?.at ?? last;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    page.report({ file: name, ...error.why });
    last = END;
  }
  await assertUnchanged(file, name);
  if (page.size() > 0) yield cut(last);
}

/** Puts items on the page; pauses whenever it is full, at the number of its last item. */
function* fill(
  page: ReturnType<typeof emptyPage>,
  name: string,
  items: readonly Item[],
  { linesMax, pageRowsMax }: FileLimits,
): Generator<number> {
  for (const item of items) {
    const { at } = item;
    if (at > linesMax) throw new Unreadable(say('too-many-rows', { most: linesMax }));
    page.add(name, item);
    if (page.size() >= pageRowsMax || page.chars() >= PAGE_CHARS_MAX) yield at;
  }
}

function emptyPage() {
  let rows: SourceRow[] = [];
  let problems: RowProblem[] = [];
  let chars = 0;
  return {
    size: () => rows.length + problems.length,
    chars: () => chars,
    report: (problem: RowProblem) => problems.push(problem),
    add(file: string, item: Item): void {
      if ('problem' in item) {
        problems.push({ file, line: item.at, ...item.problem });
        return;
      }
      rows.push({ file, line: item.at, values: item.values });
      for (const value of Object.values(item.values)) chars += value?.length ?? 0;
    },
    take() {
      const taken = { rows, problems };
      [rows, problems, chars] = [[], [], 0];
      return taken;
    },
  };
}

const tooSlow = (name: string, { pageMsMax }: FileLimits) =>
  fileError('unavailable', 'file.too-slow', `reading ${name}`, {
    remedy: `A page of rows took longer than ${pageMsMax} ms. Look at the way to the file.`,
  });
