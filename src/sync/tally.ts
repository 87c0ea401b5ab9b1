import type { RecordKind } from '#canonical';
import type { Handle } from '#database';
import { because } from '#kernel';
import type { Sentence } from '#kernel';
import { saveRun } from './run.ts';
import type { EntitySummary, RunSummary, Told } from './run.ts';

/** How far a run is: for progress bars. */
export type RunProgress = {
  readonly runId: string;
  readonly integration: string;
  readonly phase: 'reading' | 'writing';
  readonly what: string; // The entity being read, or the kind being written.
  readonly done: number;
  readonly total?: number; // Absent: not known.
};

type Counts = Partial<Omit<EntitySummary, 'kind'>>;

/** Keeps a run's books: counts by kind, what to tell, and how far it is. */
export type Tally = {
  add(kind: RecordKind, counts: Counts): void;
  expect(kind: RecordKind, total: number): void;
  say(sentence: Told): void;
  reading(entity: string, done: number, total: number | undefined): void;
  notReady(entity: string, reason: Told): void;
  save(handle: Handle): Promise<void>;
  summary(): RunSummary;
};

/** Opens the books of a run. */
export function openTally(begun: RunSummary, onProgress: (progress: RunProgress) => void): Tally {
  const entities = new Map<RecordKind, EntitySummary>();
  const expected = new Map<RecordKind, { base: number; total: number }>();
  const notReady: RunSummary['notReady'][number][] = [];
  const sentences: Told[] = [];
  const { runId, integration } = begun;
  const writtenOf = (kind: RecordKind): number => {
    const { created = 0, changed = 0, unchanged = 0, echoed = 0 } = entities.get(kind) ?? {};
    return created + changed + unchanged + echoed;
  };
  const summary = (): RunSummary => ({
    ...begun,
    entities: [...entities.values()],
    notReady: [...notReady],
    ...(sentences.length === 0
      ? {}
      : { message: sentences.map(({ text }) => text).join(' '), said: [...sentences] }),
  });
  return {
    add(kind, counts) {
      const { lines = 0, echoed = 0, ...before } = entities.get(kind) ?? empty(kind);
      const sum = { ...before };
      for (const name of COUNTED) sum[name] += counts[name] ?? 0;
      const [allLines, allEchoed] = [lines + (counts.lines ?? 0), echoed + (counts.echoed ?? 0)];
      entities.set(kind, {
        ...sum,
        ...(allLines === 0 ? {} : { lines: allLines }),
        ...(allEchoed === 0 ? {} : { echoed: allEchoed }),
      });
      const plan = expected.get(kind);
      if (plan === undefined) return;
      const done = Math.min(writtenOf(kind) - plan.base, plan.total);
      onProgress({ runId, integration, phase: 'writing', what: kind, done, total: plan.total });
    },
    expect(kind, total) {
      expected.set(kind, { base: writtenOf(kind), total });
    },
    say(sentence) {
      sentences.push(sentence);
    },
    reading(entity, done, total) {
      const progress = { runId, integration, phase: 'reading', what: entity, done } as const;
      onProgress(total === undefined ? progress : { ...progress, total });
    },
    notReady(entity, reason) {
      notReady.push(
        isSentence(reason) ? { entity, ...because(reason) } : { entity, reason: reason.text },
      );
    },
    save: (handle) => saveRun(handle, summary()),
    summary,
  };
}

const isSentence = (told: Told): told is Sentence => told.code !== undefined;

const COUNTED = [
  'read',
  'created',
  'changed',
  'unchanged',
  'deleted',
  'quarantined',
  'released',
] as const;

function empty(
  kind: RecordKind,
): Pick<EntitySummary, 'kind' | 'lines' | 'echoed'> & Record<(typeof COUNTED)[number], number> {
  const zero = { read: 0, created: 0, changed: 0, unchanged: 0 };
  return { kind, ...zero, deleted: 0, quarantined: 0, released: 0 };
}
