import type { Found, Refused, RowsPage } from '#adapter-kit';
import { millisecondsOf } from '#kernel/time';
import { EntityLayoutSchema } from '../entity-layout.ts';
import type { EntityLayout } from '../entity-layout.ts';
import type { Entry, Folder } from '../folder/folder.ts';
import { readPages } from '../formats.ts';
import type { ReadContext } from '../in-pages.ts';
import type { AnswersLayout } from './layout.ts';

/** What the other side said of one command. */
export type Answer = Found | Refused;

/** All that the other side said, and what is odd about it. */
export type Answers = {
  /** By our reference, in the order of the files. */
  readonly of: ReadonlyMap<string, readonly Answer[]>;
  readonly oddities: readonly string[]; // In words: numbers left out or repeated, what cannot be read.
};

type Read = { readonly edition: string; readonly answers: readonly [string, Answer][] };
type Resting = { readonly edition: string; readonly sinceMs: number };

/** Reads answer files, and keeps what was read. */
export type AnswerReader = (
  folder: Folder,
  context: ReadContext,
  how: { readonly archive: boolean },
) => Promise<Answers>;

/** Opens the answers of a layout. A file counts once it has been at rest. */
export function openAnswers(layout: AnswersLayout, stabilityMs: number): AnswerReader {
  const read = new Map<string, Read>(); // By its name in the archive.
  const resting = new Map<string, Resting>();
  const pattern = patternOf(layout.name);

  const readOnce = async (folder: Folder, context: ReadContext, place: string, entry: Entry) => {
    const known = read.get(entry.name);
    if (known?.edition === entry.edition) return known.answers;
    const answers = await readAnswers(folder, context, layout, place);
    if (typeof answers !== 'string') read.set(entry.name, { edition: entry.edition, answers });
    return answers;
  };
  return async (folder, context, { archive }) => {
    const oddities: string[] = [];
    const nowMs = millisecondsOf(context.clock());
    const lying: Entry[] = [];
    for (const entry of await folder.list(layout.folder)) {
      if (!pattern.test(entry.name)) continue;
      if (!archive || isAtRest(resting, entry, nowMs, stabilityMs)) lying.push(entry);
    }
    for (const entry of lying) {
      const place = `${layout.folder}/${entry.name}`;
      const answers = await readAnswers(folder, context, layout, place);
      if (typeof answers === 'string') oddities.push(`${place}: ${answers}`);
      else if (archive) await archiveFile(folder, layout, entry.name);
    }
    const kept = (await folder.list(layout.archive)).filter(({ name }) => pattern.test(name));
    const places = kept.map((entry) => ({ entry, place: `${layout.archive}/${entry.name}` }));
    if (!archive) {
      const still = lying.map((entry) => ({ entry, place: `${layout.folder}/${entry.name}` }));
      places.push(...still);
    }
    const all = new Map<string, Answer[]>();
    for (const { entry, place } of places.toSorted((a, b) => byNumber(pattern, a.entry, b.entry))) {
      const answers = await readOnce(folder, context, place, entry);
      if (typeof answers === 'string') continue;
      for (const [reference, answer] of answers) {
        all.set(reference, [...(all.get(reference) ?? []), answer]);
      }
    }
    oddities.push(...oddNumbers(places.map(({ entry }) => numberOf(pattern, entry.name))));
    return { of: all, oddities };
  };
}

/** Whether it has looked the same for long enough, by our own clock. */
function isAtRest(
  resting: Map<string, Resting>,
  { name, edition }: Entry,
  nowMs: number,
  stabilityMs: number,
): boolean {
  const before = resting.get(name);
  if (before?.edition !== edition) resting.set(name, { edition, sinceMs: nowMs });
  const sinceMs = before?.edition === edition ? before.sinceMs : nowMs;
  return nowMs - sinceMs >= stabilityMs;
}

/** Moves a file that has been read. One of that name there already is kept beside. */
async function archiveFile(folder: Folder, layout: AnswersLayout, name: string): Promise<void> {
  await folder.make(layout.archive);
  let target = name;
  for (let times = 2; ; times += 1) {
    if ((await folder.look(`${layout.archive}/${target}`)) === undefined) break;
    target = `${name}~${times}`;
  }
  await folder.rename(`${layout.folder}/${name}`, `${layout.archive}/${target}`);
}

/** The answers in a file; in words, when not all of them can be read. */
async function readAnswers(
  folder: Folder,
  context: ReadContext,
  layout: AnswersLayout,
  place: string,
): Promise<readonly [string, Answer][] | string> {
  const file = await folder.open(place);
  if (file === undefined) return 'it has just vanished';
  try {
    const answers: [string, Answer][] = [];
    const entity: EntityLayout = EntityLayoutSchema.parse({ ...layout.layout, file: place });
    for await (const page of readPages(file, entity, context, undefined)) {
      const wrong = takeAnswers(page, layout, answers);
      if (wrong !== undefined) return wrong;
    }
    return answers;
  } finally {
    await file.close();
  }
}

function takeAnswers(
  { rows, problems }: RowsPage,
  layout: AnswersLayout,
  answers: [string, Answer][],
): string | undefined {
  const [problem] = problems;
  if (problem !== undefined) return `line ${problem.line ?? 1}: ${problem.reason}`;
  for (const { values, line } of rows) {
    const answer = answerOf(values, layout);
    if (typeof answer === 'string') return `line ${line}: ${answer}`;
    answers.push([(values[layout.reference] ?? '').trim(), answer]);
  }
  return undefined;
}

function answerOf(
  values: Readonly<Record<string, string | null>>,
  layout: AnswersLayout,
): Answer | string {
  const cell = (column: string | undefined): string | undefined => {
    const text = column === undefined ? '' : (values[column] ?? '').trim();
    return text === '' ? undefined : text;
  };
  const status = cell(layout.status) ?? '';
  const reference = cell(layout.reference);
  if (reference === undefined) return 'it names no reference';
  if (layout.booked.includes(status)) return { key: cell(layout.key) ?? reference };
  if (!layout.refused.includes(status))
    return `its status '${status}' is neither booked nor refused`;
  const field = cell(layout.field);
  return {
    refused: {
      why: 'invalid',
      code: cell(layout.code) ?? 'none',
      reason: cell(layout.reason) ?? `the other side says '${status}'`,
      ...(field === undefined ? {} : { field }),
    },
  };
}

function patternOf(template: string): RegExp {
  const [before = '', after = ''] = template.replace('{operation}', '').split('{sequence}');
  return new RegExp(`^${RegExp.escape(before)}(\\d{1,15})${RegExp.escape(after)}(?:~\\d+)?$`);
}

const numberOf = (pattern: RegExp, name: string): number => Number(pattern.exec(name)?.[1] ?? 0);

function byNumber(pattern: RegExp, one: Entry, other: Entry): number {
  const apart = numberOf(pattern, one.name) - numberOf(pattern, other.name);
  return apart === 0 ? Number(one.name > other.name) - 0.5 : apart;
}

/** Numbers that are missing between others, or there more than once. */
function oddNumbers(numbers: readonly number[]): readonly string[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted.flatMap((number, at) => {
    const before = sorted[at - 1];
    if (before === undefined || number === before + 1) return [];
    if (number === before) return [`answer number ${number} came more than once`];
    const last = number - 1 === before + 1 ? '' : ` to ${number - 1}`;
    return [`answer number ${before + 1}${last} is missing`];
  });
}
