import type { Desk, ImportKind, Outcome } from './import-kind.ts';
import type { FileProblem } from './match-headings.ts';
import type { ImportLine } from './report.ts';
import { readRow } from './row.ts';
import type { Row } from './row.ts';
import type { Survey } from './survey.ts';
import type { Table, TableLine } from './table.ts';

const LINES_AT_ONCE = 5000;

type Booking = {
  readonly table: Table;
  readonly found: Survey;
  readonly tell: (progress: { what: string; done: number; expected?: number }) => void;
  readonly pause: () => void; // Throws when it is to stop.
};

/** What became of each line; or what speaks against all of them. */
export async function bookLines(
  desk: Desk,
  kind: ImportKind,
  { table, found, tell, pause }: Booking,
): Promise<{ readonly lines: readonly ImportLine[]; readonly problem?: FileProblem }> {
  const book = await kind.open(desk);
  const seen = new Map<string, number>();
  const told: ImportLine[] = [];
  let waiting: { row: Row; key: string }[] = [];
  let problem: FileProblem | undefined;
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const outcomes = await book(batch.map(({ row }) => row));
    if ('code' in outcomes) {
      problem = outcomes;
      return;
    }
    for (const [at, { row, key }] of batch.entries()) {
      const outcome = outcomes[at];
      if (outcome !== undefined) told.push(lineOf(row, key, outcome, found));
    }
  };
  for await (const { lines } of table.lines()) {
    pause();
    for (const each of lines) {
      const read = readLine(each, kind, { format: table.format, found, seen });
      if ('outcome' in read) told.push(read);
      else waiting.push(read);
    }
    if (!kind.isWhole && waiting.length >= LINES_AT_ONCE) await flush();
    tell({ what: 'lines booked', done: told.length, expected: found.lines });
  }
  await flush();
  const lines = told.toSorted((a, b) => a.line - b.line);
  return problem === undefined ? { lines } : { lines, problem };
}

/** A line that may be booked, or why it is not. */
function readLine(
  each: TableLine,
  kind: ImportKind,
  { format, found, seen }: { format: string; found: Survey; seen: Map<string, number> },
): { row: Row; key: string } | ImportLine {
  const { line } = each;
  if ('problem' in each) {
    const { reason, heading, value } = each.problem;
    return {
      line,
      key: '',
      outcome: 'refused',
      code: 'imports.unreadable',
      message: reason,
      heading,
      value,
    };
  }
  const { headingOf, formats } = found;
  const read = readRow(
    line,
    { values: each.values, format },
    { fields: kind.fields, headingOf, formats },
  );
  if ('code' in read) {
    const { field, value, code, message } = read;
    return {
      line,
      key: '',
      outcome: 'refused',
      code,
      message,
      value,
      heading: headingOf.get(field),
    };
  }
  const key = kind.keyOf(read);
  const first = seen.get(key);
  if (first !== undefined) {
    const message = `line ${first} has it already`;
    return { line, key, outcome: 'refused', code: 'imports.twice', message };
  }
  seen.set(key, line);
  return { row: read, key };
}

const lineOf = (
  row: Row,
  key: string,
  { did, code, field, message }: Outcome,
  { headingOf }: Survey,
): ImportLine => ({
  line: row.line,
  key,
  outcome: did,
  code,
  message,
  heading: field === undefined ? undefined : headingOf.get(field),
  value: field === undefined ? undefined : row.text(field),
});
