import { parse } from 'csv-parse/sync';
import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { writtenDay, writtenDecimal } from '#erp/company/written';
import type { DayFormat, DecimalPoint } from '#erp/company/written';
import { addDecimals, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { BankingProblemCode } from './errors.ts';
import type { StatementDraft, StatementLineDraft } from './statement.ts';

/** Which column says what, by the names in the first row. */
export type CsvMapping = {
  readonly delimiter: ',' | ';' | '\t';
  readonly decimalPoint: DecimalPoint;
  readonly days: DayFormat;
  readonly isNewestFirst?: boolean;
  readonly columns: {
    readonly bookedOn: string;
    readonly valueOn?: string;
    readonly amount: string; // Signed, unless `direction` says which way.
    readonly direction?: { readonly column: string; readonly out: string };
    readonly reference?: string;
    readonly endToEndId?: string;
    readonly counterparty?: string;
    readonly counterpartyIban?: string;
    readonly remittance?: readonly string[]; // Joined by a blank.
  };
};

const CHARACTERS_MAX = 64_000_000;
const LINES_MAX = 200_000;

/** A statement from a bank's CSV file: its lines by a mapping, the rest as it is told. */
export function parseCsv(
  text: string,
  mapping: CsvMapping,
  told: Pick<StatementDraft, 'account' | 'reference' | 'opening'> & { readonly closing?: Decimal },
): Result<StatementDraft, BankingProblemCode> {
  const records = recordsOf(text, mapping.delimiter);
  if (typeof records === 'string') return refuse('banking.unreadable', records);
  const lines: StatementLineDraft[] = [];
  for (const [at, record] of records.entries()) {
    const line = lineOf(record, mapping);
    if (typeof line === 'string') return refuse('banking.unreadable', line, `lines.${at}`);
    lines.push(line);
  }
  if (mapping.isNewestFirst === true) lines.reverse();
  const days = lines.map(({ bookedOn }) => bookedOn).toSorted();
  const [fromOn, toOn] = [days[0], days.at(-1)];
  if (fromOn === undefined || toOn === undefined) {
    return refuse('banking.unreadable', 'it holds no line');
  }
  const moved = sumDecimals(lines.map(({ amount }) => amount));
  const { closing = addDecimals(told.opening, moved), ...rest } = told;
  return accept({ ...rest, source: 'csv', fromOn, toOn, closing, lines });
}

type CsvRecord = Readonly<Record<string, string | undefined>>;

/** The records under the names of the first row; or why there are none. */
function recordsOf(text: string, delimiter: string): readonly CsvRecord[] | string {
  if (text.length > CHARACTERS_MAX) return 'it is too large';
  try {
    return parse<Record<string, string>>(text, {
      bom: true,
      columns: true,
      delimiter,
      skip_empty_lines: true,
      trim: true,
      to: LINES_MAX,
    });
  } catch (error) {
    return error instanceof Error ? error.message : 'it is no CSV';
  }
}

function lineOf(record: CsvRecord, mapping: CsvMapping): StatementLineDraft | string {
  const { columns } = mapping;
  const said = (column: string | undefined): string =>
    column === undefined ? '' : (record[column] ?? '');
  const bookedOn = writtenDay(said(columns.bookedOn), mapping.days);
  if (bookedOn === undefined) return `'${said(columns.bookedOn)}' is no day ${mapping.days}`;
  const amount = writtenDecimal(said(columns.amount), mapping.decimalPoint);
  if (amount === undefined) return `'${said(columns.amount)}' is no amount`;
  const { direction } = columns;
  const isOut = direction !== undefined && said(direction.column) === direction.out;
  const remittance = (columns.remittance ?? []).map(said).filter(Boolean).join(' ');
  const valueOn = writtenDay(said(columns.valueOn), mapping.days);
  const optional = {
    reference: said(columns.reference),
    endToEndId: said(columns.endToEndId),
    counterparty: said(columns.counterparty),
    counterpartyIban: said(columns.counterpartyIban).replaceAll(' ', ''),
    remittance,
  };
  return {
    bookedOn,
    ...(valueOn === undefined ? {} : { valueOn }),
    amount: isOut ? negateDecimal(amount) : amount,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
  };
}
