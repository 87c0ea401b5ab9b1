import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import { WORK } from '../work.ts';
import { NameText } from './company.ts';
import {
  BOOKS,
  ByEntity,
  ById,
  DayIn,
  LIMIT,
  NOTHING,
  pages,
  shows,
  tells,
  text,
} from './shapes.ts';

const Kind = z.enum([
  'accounts',
  'customers',
  'suppliers',
  'items',
  'prices',
  'stock',
  'receivables',
  'payables',
  'balances',
]);
const Mode = z.enum(['dry-run', 'all-or-nothing', 'good-lines']);
const Outcome = z.enum(['created', 'changed', 'unchanged', 'compared', 'refused']);
const DecimalPoint = z.enum(['.', ',']);
const DayFormat = z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY']);
const count = z.number().int();

/** An import as it is kept: who, when, which file, how it was read, what became of it. */
const Totals = z
  .array(
    z.strictObject({
      account: z.string(),
      name: NameText,
      of: z.enum(['receivable', 'payable', 'stock', 'opening-balance']),
      before: z.string(),
      after: z.string(), // Of a dry run: as it would be.
    }),
  )
  .readonly();
const Agreements = z
  .array(
    z.strictObject({
      of: z.enum(['receivable', 'payable', 'stock']),
      ledger: z.string(),
      subledger: z.string(),
      difference: z.string(),
    }),
  )
  .readonly();

/** What took back what an import had posted, document by document. */
const Reversed = z
  .array(
    z.strictObject({
      kind: z.enum(['journal-entry', 'stock-document']),
      number: z.string(),
      reversedBy: z.string(), // Of a trial: the number that would be next.
    }),
  )
  .readonly();
const Import = z.strictObject({
  id: z.string(),
  legalEntity: z.string(),
  kind: Kind,
  mode: Mode,
  status: z.enum(['tried', 'refused', 'booked', 'taken-back']),
  file: z.strictObject({ name: z.string(), digest: z.string(), bytes: count }),
  openingOn: Day.exactOptional(),
  lines: count,
  created: count,
  changed: count,
  unchanged: count,
  compared: count,
  refused: count,
  formats: z.strictObject({
    format: z.enum(['csv', 'xlsx']),
    delimiter: z.string().exactOptional(),
    encoding: z.string().exactOptional(),
    decimalPoint: DecimalPoint.exactOptional(),
    days: DayFormat.exactOptional(),
    headings: z.array(z.strictObject({ field: z.string(), heading: z.string() })).readonly(),
    ignored: z.array(z.string()).readonly(),
  }),
  problems: z
    .array(z.strictObject({ code: z.string(), message: z.string(), line: count.exactOptional() }))
    .readonly(),
  totals: Totals,
  agreement: Agreements,
  createdBy: z.string(),
  createdAt: Moment,
  takenBack: z
    .strictObject({
      on: Day, // What its reversals are posted on.
      reason: z.string(),
      by: z.string(),
      at: Moment,
      lines: count, // That went back.
      documents: Reversed,
      totals: Totals,
      agreement: Agreements,
    })
    .exactOptional(),
});
const TakeBack = z.strictObject({
  import: z.string(),
  on: Day,
  lines: count,
  held: z
    .array(z.strictObject({ line: count, key: z.string(), code: z.string(), message: z.string() }))
    .readonly(), // One alone holds back the whole import. At most a thousand are told.
  heldLines: count, // How many there are.
  problems: z.array(z.strictObject({ code: z.string(), message: z.string() })).readonly(),
  documents: Reversed,
  totals: Totals,
  agreement: Agreements,
});
const ImportLine = z.strictObject({
  id: z.string(), // The line's number, as a cursor.
  line: count,
  key: z.string(),
  outcome: Outcome,
  code: z.string().optional(),
  heading: z.string().optional(),
  value: z.string().optional(),
  message: z.string().optional(),
});
const ImportWork = z.strictObject({ ...WORK, result: Import.exactOptional() });

const BASE64_MAX = 44_739_244; // 32 MiB.
const NewImport = z.strictObject({
  kind: Kind,
  mode: Mode,
  fileName: z.string().min(1).max(255),
  content: z.string().min(1).max(BASE64_MAX), // The file in base64.
  sheet: text(31).exactOptional(),
  headerRow: z.number().int().min(1).max(100).exactOptional(),
  openingOn: DayIn.exactOptional(),
  columns: z.record(z.string().max(50), z.string().max(200)).exactOptional(), // Heading by field.
  decimalPoint: DecimalPoint.exactOptional(),
  days: DayFormat.exactOptional(),
});
const Field = z.strictObject({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  en: z.array(z.string()).readonly(),
  de: z.array(z.string()).readonly(),
  words: z.array(z.string()).readonly(), // Of a choice.
});
const Last = z.strictObject({ last: ImportWork.nullable() });

/** Routes about what is brought into the ERP from files. */
export const IMPORT_ROUTES = {
  startImport: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/imports`,
    params: ByEntity,
    body: NewImport,
    reply: ImportWork,
  },
  getImportWork: tells('imports/work', Last, {}),
  cancelImport: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/imports/cancel`,
    params: ByEntity,
    reply: Last,
  },
  listImports: pages('imports', Import, { kind: Kind.exactOptional() }),
  getImport: shows('imports/:id', Import),
  listImportLines: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/imports/:id/lines`,
    params: ById,
    query: z.strictObject({
      outcome: Outcome.exactOptional(),
      after: text(40).exactOptional(), // `next` of the page before.
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(ImportLine).readonly(), next: z.string().optional() }),
  },
  tryTakeBackImport: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/imports/:id/try-take-back`,
    params: ById,
    body: z.strictObject({ on: DayIn.exactOptional() }),
    reply: TakeBack,
  },
  takeBackImport: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/imports/:id/take-back`,
    params: ById,
    body: z.strictObject({
      reason: z.string().trim().min(3).max(500),
      on: DayIn.exactOptional(), // The opening day when left out.
    }),
    reply: Import,
  },
  getImportTemplate: tells(
    'import-template',
    z.strictObject({
      fileName: z.string(),
      content: z.string(),
      fields: z.array(Field).readonly(),
    }),
    { kind: Kind, language: z.enum(['en', 'de']).default('en') },
  ),
} as const;
