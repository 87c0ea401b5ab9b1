import { z } from 'zod';
import { fileError } from './errors.ts';

/** What a plain name inside the folder looks like: no way up, no drive, no root. */
const isInside = (file: string): boolean =>
  !/^[/\\]|^[A-Za-z]:|\0/.test(file) && !file.split(/[/\\]/).includes('..');
const FileSchema = z.string().min(1).max(500).refine(isInside, 'must lie inside the folder');

const ColumnSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name !== '__proto__', 'is no column name');

/** How one entity's file is written. */
const EntityLayoutSchema = z.strictObject({
  file: FileSchema, // Relative to the folder of the integration.
  delimiter: z.string().min(1).max(10), // Between columns; may be several characters: '+|'.
  recordTerminator: z.string().min(1).max(10).optional(), // Absent: '\n', or '\r\n' if written so.
  quote: z.enum(['"', "'"]).optional(), // Doubled inside, as in RFC 4180. Absent: nothing is quoted.
  encoding: z.enum(['utf-8', 'latin1', 'windows-1252']),
  header: z.boolean(), // Whether the first line names the columns.
  // In file order without a header; with one, those that must be there, in any order.
  columns: z.array(ColumnSchema).min(1).max(500),
  lastTerminator: z.enum(['required', 'optional']).optional(), // Required: its lack means cut off.
  manifest: FileSchema.optional(), // JSON: { "files": { "<file>": { "sha256", "rows" } } }.
});
export type EntityLayout = Readonly<z.infer<typeof EntityLayoutSchema>>;

const FileLayoutSchema = z.strictObject({
  entities: z
    .record(z.string().min(1).max(100), EntityLayoutSchema)
    .refine((entities) => Object.values(entities).every(hasEachColumnOnce), 'a column is twice'),
});

/** The files of a folder, by entity. */
export type FileLayout = Readonly<z.infer<typeof FileLayoutSchema>>;

/** Reads the layout part of a pack. Fails with what is wrong and where. */
export function parseFileLayout(json: unknown): FileLayout {
  const parsed = FileLayoutSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw fileError('invalid', 'file.layout-invalid', 'reading the layout of the files', {
    cause: parsed.error,
    remedy: z.prettifyError(parsed.error),
  });
}

function hasEachColumnOnce(entity: EntityLayout): boolean {
  return (
    new Set(entity.columns).size === entity.columns.length &&
    !(entity.quote !== undefined && entity.recordTerminator !== undefined)
  );
}
