import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import type { Line } from '../connection.ts';
import { sourceError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import type { Point } from '../place.ts';
import { readPage } from '../read-page.ts';
import { sql } from '../sql.ts';
import { isAmong, keysOf } from './touched.ts';
import type { Touched } from './touched.ts';

const LOOK_MS = 20;
const VISIBLE_MS_MAX = 60_000;

/** Documents that changed, as they are now: what is no longer there is deleted. */
export async function readTouched(
  line: Line,
  layout: Layout,
  touched: Touched,
): Promise<{
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly DocumentProblem[];
}> {
  const keys = await keysOf(line, layout, touched);
  const documents: SourceDocument[] = [];
  const problems: DocumentProblem[] = [];
  if (keys.size === 0) return { documents, problems };
  const where = [isAmong(line, layout.key, [...keys.values()].map(withBytes(layout)))];
  for (let after: Point | undefined; ; ) {
    const page = await readPage(line, {
      layout,
      where,
      by: 'key',
      rows: keys.size,
      ...(after === undefined ? {} : { after }),
    });
    documents.push(...page.documents);
    problems.push(...page.problems);
    if (!page.more || page.last === undefined) break;
    after = page.last;
  }
  const found = new Set([...documents, ...problems].map(({ key }) => key));
  for (const key of keys.keys()) {
    if (!found.has(key)) documents.push({ key, content: {}, deleted: true });
  }
  return { documents, problems };
}

const withBytes =
  ({ key }: Layout) =>
  (parts: readonly string[]): readonly string[] =>
    parts.map((part, at) => (key[at]?.category === 'bytes' ? `\\x${part}` : part));

/**
 * Waits until everybody sees what these transactions did. The log tells of a commit before it is
 * seen, by a moment; with a synchronous standby, by as long as that takes.
 */
export async function untilVisible(
  { session }: Pick<Line, 'session'>,
  transactions: ReadonlySet<number>,
  stop: AbortSignal,
): Promise<void> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const [[snapshot] = []] = await session.rows(sql`select pg_current_snapshot()::text`);
    const sees = snapshotOf(snapshot ?? '');
    if ([...transactions].every(sees)) return;
    if (waited > VISIBLE_MS_MAX) {
      throw sourceError('unavailable', 'database.source-busy', 'waiting for what was committed', {
        remedy: 'A commit is in the log and not yet in force: does it wait for a standby?',
      });
    }
    await pause(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
    stop.throwIfAborted();
  }
}

const low = (of: string): number => Number(BigInt(of) & 0xffff_ffffn);

/** Whether a snapshot ('xmin:xmax:xip,…') sees a transaction, of whose number the log has 32 bits. */
function snapshotOf(text: string): (transaction: number) => boolean {
  const [, next = '0', running = ''] = text.split(':');
  const under = new Set(running === '' ? [] : running.split(',').map(low));
  return (transaction) => ((low(next) - transaction) | 0) > 0 && !under.has(transaction);
}
