import { rollbackTo, rows, sql } from '#database';
import type { Handle } from '#database';
import { companyCurrencyOf, findLegalEntity } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { assert, newId } from '#kernel';
import { dayIn, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { bookLines } from './book-lines.ts';
import { agreementOf, controlBalances, totalsOf } from './control-totals.ts';
import type { Formats } from './detect-formats.ts';
import type { Desk, ImportKindName } from './import-kind.ts';
import { importsError } from './imports-error.ts';
import { keepImport } from './keep-import.ts';
import { KINDS } from './kinds/all.ts';
import { lockImports } from './lock-imports.ts';
import type { FileProblem } from './match-headings.ts';
import type { Counts, ImportedFile, ImportLine, ImportMode, ImportReport } from './report.ts';
import { survey } from './survey.ts';
import type { ImportLimits, Survey } from './survey.ts';
import type { Table } from './table.ts';

/** A file, what it is about, and what is to become of it. */
export type ImportWish = Formats & {
  readonly kind: ImportKindName;
  readonly mode: ImportMode;
  readonly file: ImportedFile;
  readonly table: Table;
  readonly openingOn?: LocalDate; // The day that balances, stock and open items are posted on.
  readonly columns?: Readonly<Record<string, string>>; // Heading by field, beside those recognised.
  readonly limits?: ImportLimits;
};

/** Who looks on. */
export type Watching = {
  readonly signal: AbortSignal;
  readonly tell: (progress: { what: string; done: number; expected?: number }) => void;
};

const LIMITS: ImportLimits = { linesMax: 200_000, msMax: 1_800_000 };

/**
 * Imports a file in the caller's transaction, or tries it: a dry run books everything and takes it
 * back, so that it says what booking would. What came of it is kept either way. An import waits for
 * another one of its legal entity.
 */
export async function runImport(
  tx: Handle,
  context: ErpContext,
  wish: ImportWish,
  watching: Watching,
): Promise<ImportReport> {
  const { kind, limits = LIMITS, columns, file, mode } = wish;
  await lockImports(tx, context.legalEntity);
  const began = millisecondsOf(context.clock());
  const pause = (): void => {
    watching.signal.throwIfAborted();
    if (millisecondsOf(context.clock()) - began > limits.msMax) throw tooSlow(limits);
  };
  const { fields, asksOpeningDay } = KINDS[kind];
  const found = await survey(wish.table, fields, {
    limits,
    columns,
    told: wish,
    pause(lines) {
      pause();
      watching.tell({ what: 'lines read', done: lines });
    },
  });
  const desk = await deskOf(tx, context, wish);
  const problems: FileProblem[] = [...found.problems];
  if (asksOpeningDay && wish.openingOn === undefined) {
    const message = 'say the opening day, on which it is posted';
    problems.push({ code: 'imports.opening-day-missing', message });
  }
  const booked =
    problems.length > 0
      ? NOTHING
      : await bookOrTakeBack(desk, wish, { found, tell: watching.tell, pause });
  const report: ImportReport = {
    id: desk.id,
    legalEntity: context.legalEntity,
    kind,
    mode,
    status: booked.isKept ? 'booked' : mode === 'dry-run' ? 'tried' : 'refused',
    file,
    ...(asksOpeningDay && wish.openingOn !== undefined ? { openingOn: wish.openingOn } : {}),
    lines: found.lines,
    ...booked.counts,
    formats: readAs(wish.table, found),
    problems: [...problems, ...booked.problems],
    totals: booked.totals,
    agreement: booked.agreement,
    createdBy: context.by,
    createdAt: context.clock(),
  };
  await keepImport(tx, report, booked.lines);
  return report;
}

const tooSlow = ({ msMax }: ImportLimits) =>
  importsError('limited', 'imports.too-slow', 'importing a file', {
    remedy: `It took longer than ${msMax / 60_000} minutes. Part the file.`,
  });

async function deskOf(tx: Handle, context: ErpContext, wish: ImportWish): Promise<Desk> {
  const now = context.clock();
  const entity = await findLegalEntity(tx, context.legalEntity);
  assert(entity !== undefined, `there is a legal entity ${context.legalEntity}`);
  return {
    tx,
    context,
    id: newId('imp', millisecondsOf(now)),
    companyCurrency: await companyCurrencyOf(tx, context.legalEntity),
    openingOn: wish.openingOn ?? dayIn(entity.timeZone, now),
  };
}

type Booked = Pick<ImportReport, 'totals' | 'agreement' | 'problems'> & {
  readonly isKept: boolean;
  readonly counts: Counts;
  readonly lines: readonly ImportLine[];
};

const NONE: Counts = { created: 0, changed: 0, unchanged: 0, compared: 0, refused: 0 };
const NOTHING: Booked = {
  isKept: false,
  counts: NONE,
  lines: [],
  totals: [],
  agreement: [],
  problems: [],
};

/** Books every line; what may not stay is taken back, to the last row. */
async function bookOrTakeBack(
  desk: Desk,
  wish: ImportWish,
  how: {
    readonly found: Survey;
    readonly tell: Watching['tell'];
    readonly pause: () => void;
  },
): Promise<Booked> {
  const { tx, context } = desk;
  const { kind, mode, table } = wish;
  await rows(tx, sql`savepoint an_import`);
  const before = await controlBalances(tx, context);
  const { lines, problem } = await bookLines(desk, KINDS[kind], { ...how, table });
  const totals = totalsOf(before, await controlBalances(tx, context));
  const agreement = await agreementOf(tx, context, totals);
  const counts = countsOf(lines);
  const isWhole = mode === 'all-or-nothing' || KINDS[kind].isWhole;
  const isKept = mode !== 'dry-run' && problem === undefined && !(isWhole && counts.refused > 0);
  if (!isKept) await rollbackTo(tx, 'an_import');
  await rows(tx, sql`release savepoint an_import`);
  const problems = problem === undefined ? [] : [problem];
  return { isKept, counts, lines, totals, agreement, problems };
}

function countsOf(lines: readonly ImportLine[]): Counts {
  const counts = { ...NONE };
  for (const { outcome } of lines) counts[outcome] += 1;
  return counts;
}

const readAs = (
  table: Table,
  { headingOf, ignored, formats }: Survey,
): ImportReport['formats'] => ({
  format: table.format,
  ...(table.delimiter === undefined ? {} : { delimiter: table.delimiter }),
  ...(table.encoding === undefined ? {} : { encoding: table.encoding }),
  ...formats,
  headings: [...headingOf].map(([field, heading]) => ({ field, heading })),
  ignored,
});
