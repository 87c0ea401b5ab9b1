import type { DayFormat, DecimalPoint } from '#erp/company/written';
import type { FileProblem } from './match-headings.ts';

/** How numbers and days are written in a file. Undefined: nothing in it depends on that. */
export type Formats = {
  readonly decimalPoint?: DecimalPoint;
  readonly days?: DayFormat;
};

/** Hears cells, and says in the end how they are written. */
export type FormatDetector = {
  number(text: string, line: number): void;
  day(text: string, line: number): void;
  /** What was found; what is told goes before it. */
  found(told: Formats): { readonly formats: Formats; readonly problems: readonly FileProblem[] };
};

/** The first lines that speak for each; `open` could be either. */
type Evidence<Sign extends string> = Map<Sign | 'open', { line: number; text: string }>;

const ISO = /^\d{4}-\d{1,2}-\d{1,2}(?:T00:00(?::00(?:\.0+)?)?)?$/;

/** Collects evidence. In a workbook numbers are numbers: only what was typed as text is looked at. */
export function detectFormats(format: 'csv' | 'xlsx'): FormatDetector {
  const points: Evidence<DecimalPoint> = new Map();
  const days: Evidence<DayFormat> = new Map();
  return {
    number(text, line) {
      if (format === 'xlsx' && /^-?\d+(?:\.\d+)?$/.test(text)) return;
      note(points, pointOf(text), { text, line });
    },
    day(text, line) {
      if (!ISO.test(text)) note(days, dayFormatOf(text), { text, line });
    },
    found(told) {
      const point = told.decimalPoint ?? decided(points);
      const day = told.days ?? decided(days);
      const problems: FileProblem[] = [];
      if (typeof point === 'object') {
        problems.push({ code: `imports.${point.why}-numbers`, ...sayOf(point) });
      }
      if (typeof day === 'object')
        problems.push({ code: `imports.${day.why}-days`, ...sayOf(day) });
      const formats = {
        ...(typeof point === 'string' ? { decimalPoint: point } : {}),
        ...(typeof day === 'string' ? { days: day } : {}),
      };
      return { formats, problems };
    },
  };
}

type Seen = { readonly line: number; readonly text: string };
type Undecided = { readonly why: 'mixed' | 'ambiguous'; readonly seen: readonly Seen[] };

function decided<Sign extends string>(evidence: Evidence<Sign>): Sign | Undecided | undefined {
  const signs = [...evidence.keys()].filter((sign): sign is Sign => sign !== 'open');
  const [sign] = signs;
  if (signs.length > 1) {
    const seen = signs.flatMap((each) => evidence.get(each) ?? []);
    return { why: 'mixed', seen };
  }
  if (sign !== undefined) return sign;
  const open = evidence.get('open');
  return open === undefined ? undefined : { why: 'ambiguous', seen: [open] };
}

function sayOf({ why, seen }: Undecided): { message: string; line?: number } {
  const where = seen.map(({ text, line }) => `'${text}' in line ${line}`);
  const [first] = seen;
  const said =
    why === 'mixed'
      ? `${where.join(' and ')} are written differently: say which is right`
      : `${where.join(', ')} can be read in two ways: say which is right`;
  return { message: said, ...(first === undefined ? {} : { line: first.line }) };
}

function note<Sign extends string>(
  evidence: Evidence<Sign>,
  sign: Sign | 'open' | undefined,
  seen: Seen,
): void {
  if (sign !== undefined && !evidence.has(sign)) evidence.set(sign, seen);
}

/** What '1.234,50' or '12,5' says of its point; '1,234' may be either; '12' says nothing. */
function pointOf(text: string): DecimalPoint | 'open' | undefined {
  const commas = text.split(',').length - 1;
  const points = text.split('.').length - 1;
  if (commas === 0 && points === 0) return undefined;
  if (commas > 0 && points > 0) return text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
  if (commas > 1) return '.';
  if (points > 1) return ',';
  const sign = commas === 1 ? ',' : '.';
  const [whole = '', rest = ''] = text.split(sign);
  const mayGroup = /^[+-]?[1-9]\d{0,2}$/.test(whole.trim()) && /^\d{3}-?$/.test(rest.trim());
  return mayGroup ? 'open' : sign;
}

/** What '31.12.2026' or '31/12/2026' says; '01/02/2026' may be either. */
function dayFormatOf(text: string): DayFormat | 'open' | undefined {
  const match = /^(\d{1,2})([./])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text);
  if (match === null) return undefined;
  const [, first, sign, second] = match;
  if (sign === '.') return 'DD.MM.YYYY';
  if (Number(first) > 12) return 'DD/MM/YYYY';
  return Number(second) > 12 ? 'MM/DD/YYYY' : 'open';
}
