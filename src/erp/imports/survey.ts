import { detectFormats } from './detect-formats.ts';
import type { Formats } from './detect-formats.ts';
import type { Field } from './field.ts';
import type { FileProblem, Matched } from './match-headings.ts';
import { matchHeadings } from './match-headings.ts';
import type { Table, TableLine } from './table.ts';

/** What a file may not exceed. */
export type ImportLimits = { readonly linesMax: number; readonly msMax: number };

/** What a look through a file found, before a line of it is booked. */
export type Survey = Matched & { readonly formats: Formats; readonly lines: number };

const PROBLEMS_MAX = 50;

/** Looks through a file: its headings, how numbers and days are written, and whether it is whole. */
export async function survey(
  table: Table,
  fields: readonly Field[],
  {
    limits,
    columns,
    told,
    pause,
  }: {
    readonly limits: ImportLimits;
    readonly columns: Readonly<Record<string, string>> | undefined;
    readonly told: Formats;
    readonly pause: (lines: number) => void; // Throws when it is to stop.
  },
): Promise<Survey> {
  const matched = matchHeadings(fields, table.headings, columns);
  const problems: FileProblem[] = [...matched.problems];
  const detector = detectFormats(table.format);
  const heard = fields.flatMap(({ name, type }) => {
    const heading = matched.headingOf.get(name);
    const isHeard = type === 'decimal' || type === 'day';
    return heading === undefined || !isHeard ? [] : [{ heading, type }];
  });
  const hear = (each: TableLine): void => {
    for (const { heading, type } of heard) {
      const text = 'values' in each ? (each.values[heading]?.trim() ?? '') : '';
      if (text !== '') detector[type === 'day' ? 'day' : 'number'](text, each.line);
    }
  };
  let lines = 0;
  for await (const batch of table.lines()) {
    pause(lines);
    lines += batch.lines.length;
    for (const each of batch.lines) hear(each);
    if (batch.broken !== undefined) {
      problems.push({ code: 'imports.unreadable', message: batch.broken });
    }
    if (lines > limits.linesMax) {
      const message = `it has more than ${limits.linesMax} lines: part it`;
      problems.push({ code: 'imports.too-many-lines', message });
      break;
    }
  }
  if (lines === 0) problems.push({ code: 'imports.empty', message: 'it has no lines' });
  const found = detector.found(told);
  problems.push(...found.problems);
  const broken = problems.filter(({ code }) => code === 'imports.unreadable');
  if (broken.length > 0) problems.splice(0, Infinity, ...broken); // The rest follows from it.
  return { ...matched, formats: found.formats, problems: problems.slice(0, PROBLEMS_MAX), lines };
}
