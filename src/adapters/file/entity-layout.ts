import { z } from 'zod';
import { FileSchema } from './inside.ts';

const ColumnSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name !== '__proto__', 'is no column name');

const shared = {
  file: FileSchema, // Relative to the folder of the integration.
  // Without a header in file order; else those that must be there, in any order.
  columns: z.array(ColumnSchema).min(1).max(500),
  manifest: FileSchema.optional(), // JSON: { "files": { "<file>": { "sha256", "rows" } } }.
};

/** Delimited text. */
const DelimitedSchema = z.strictObject({
  format: z.literal('delimited').optional(), // Absent: this one.
  ...shared,
  delimiter: z.string().min(1).max(10), // Between columns; may be several characters: '+|'.
  recordTerminator: z.string().min(1).max(10).optional(), // Absent: '\n', or '\r\n' if written so.
  quote: z.enum(['"', "'"]).optional(), // Doubled inside, as in RFC 4180. Absent: nothing is quoted.
  encoding: z.enum(['utf-8', 'latin1', 'windows-1252']),
  header: z.boolean(), // Whether the first line names the columns.
  lastTerminator: z.enum(['required', 'optional']).optional(), // Required: its lack means cut off.
});

const ROWS_MAX = 1_048_576; // Of a sheet.

/** One sheet of an Excel workbook (.xlsx, .xlsm: Office Open XML). */
const ExcelSchema = z.strictObject({
  format: z.literal('excel'),
  ...shared,
  sheet: z.union([z.string().min(1).max(31), z.number().int().min(1).max(1000)]).optional(), // By name or number. Absent: the first.
  headerRow: z.number().int().min(1).max(ROWS_MAX).optional(), // Absent: none; columns from A on.
  firstRow: z.number().int().min(1).max(ROWS_MAX).optional(), // Absent: after the header, else 1.
});

const STEP = String.raw`(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*`;
const ELEMENTS = new RegExp(`^${STEP}(?:/${STEP})*$`);
const VALUE = new RegExp(`^(?:\\.|(?:\\.\\./)*(?:@${STEP}|${STEP}(?:/${STEP})*(?:/@${STEP})?))$`);

/** The repeated elements of an XML file. */
const XmlSchema = z.strictObject({
  format: z.literal('xml'),
  ...shared,
  records: z.string().max(500).regex(ELEMENTS, "elements from the root on: 'Orders/Order'"),
  // By column. Absent: the column's name is its path.
  paths: z
    .record(
      ColumnSchema,
      z
        .string()
        .max(500)
        .regex(VALUE, "from the record: 'Supplier/Code', '@id', '.', '../@number'"),
    )
    .optional(),
  optional: z.array(ColumnSchema).max(500).optional(), // May be in none of the first elements.
  namespaces: z.record(z.string().regex(/^[A-Za-z_][\w.-]*$/), z.string().min(1)).optional(), // By prefix as used here.
  namespace: z.string().min(1).max(500).optional(), // Of elements without a prefix. Absent: none.
});

export const EntityLayoutSchema = z.discriminatedUnion('format', [
  DelimitedSchema,
  ExcelSchema,
  XmlSchema,
]);
/** How one entity's file is written. */
export type EntityLayout = Readonly<z.infer<typeof EntityLayoutSchema>>;
export type DelimitedLayout = Readonly<z.infer<typeof DelimitedSchema>>;
export type ExcelLayout = Readonly<z.infer<typeof ExcelSchema>>;
export type XmlLayout = Readonly<z.infer<typeof XmlSchema>>;

/** What contradicts itself in a layout. */
export function faultOf(entity: EntityLayout): string | undefined {
  const { columns } = entity;
  if (new Set(columns).size !== columns.length) return 'a column is twice';
  if (entity.format === 'xml') return faultOfXml(entity);
  if (entity.format === 'excel') {
    const { headerRow = 0, firstRow = headerRow + 1 } = entity;
    return firstRow > headerRow ? undefined : 'firstRow must come after headerRow';
  }
  return entity.quote !== undefined && entity.recordTerminator !== undefined
    ? 'with a quote, the record terminator is the line break'
    : undefined;
}

function faultOfXml({ columns, paths = {}, records, namespaces = {} }: XmlLayout) {
  const stray = Object.keys(paths).find((name) => !columns.includes(name));
  if (stray !== undefined) return `paths: '${stray}' is no column`;
  const unread = columns.find((name) => !VALUE.test(paths[name] ?? name));
  if (unread !== undefined) return `column '${unread}' needs a path`;
  const used = [records, ...columns.map((name) => paths[name] ?? name)].join('/');
  const prefix = [...used.matchAll(/([\w.-]+):/g)]
    .map(([, name = '']) => name)
    .find((name) => namespaces[name] === undefined);
  return prefix === undefined ? undefined : `the prefix '${prefix}' is not among the namespaces`;
}
