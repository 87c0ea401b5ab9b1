import { z } from 'zod';
import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import { EntityLayoutSchema } from '../entity-layout.ts';
import { FileSchema } from '../inside.ts';

const OPERATION_NAMES = Object.keys(OPERATIONS);
const NAME = /^[^/\\{}]*(?:\{operation\}[^/\\{}]*)?\{sequence\}[^/\\{}]*$/;
const STEP = String.raw`[A-Za-z_][\w-]*`;
const ELEMENT = new RegExp(`^${STEP}$`);
const PATH = new RegExp(
  `^(?:@(?:reference|operation|target|targetVersion|sequence)|${STEP}(?:\\.${STEP})*)$`,
);

/** One value of a row: out of the command, or always the same. */
const ValueSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    // Into the payload: 'supplier', 'lines.item'. Or '@reference', '@operation', '@target',
    // '@targetVersion', '@sequence'.
    path: z.string().max(500).regex(PATH).optional(),
    text: z.string().max(1000).optional(),
    required: z.boolean().optional(), // A command without it is not handed over.
  })
  .refine(({ path, text }) => (path === undefined) !== (text === undefined), 'either path or text');
export type OutboundValue = Readonly<z.infer<typeof ValueSchema>>;

const ColumnsSchema = z.array(ValueSchema).min(1).max(500);
const FileNameSchema = z.string().max(200).regex(NAME, "a name with '{sequence}' in it");

const CsvSchema = z.strictObject({
  format: z.literal('csv'),
  file: FileNameSchema,
  delimiter: z.string().length(1),
  encoding: z.enum(['utf-8', 'latin1']),
  header: z.boolean(),
  each: z.string().regex(ELEMENT).optional(), // A list in the payload: one row for each of it.
  columns: ColumnsSchema,
});

const XmlElementSchema = z.strictObject({
  element: z.string().regex(ELEMENT),
  columns: ColumnsSchema, // Elements, or attributes: '@id'. Attributes stand first.
});

const XmlOutSchema = z.strictObject({
  format: z.literal('xml'),
  file: FileNameSchema,
  root: z.string().regex(ELEMENT),
  namespace: z.string().max(500).optional(),
  ...XmlElementSchema.shape,
  lines: z.strictObject({ each: z.string().regex(ELEMENT), ...XmlElementSchema.shape }).optional(),
});

const OperationSchema = z
  .discriminatedUnion('format', [CsvSchema, XmlOutSchema])
  .refine(
    ({ columns }) => columns.some(({ path }) => path === '@reference'),
    "one column has to be '@reference': answers name it",
  );
/** How commands of one operation are written. */
export type OutboundFile = Readonly<z.infer<typeof OperationSchema>>;

const AnswersSchema = z.strictObject({
  folder: FileSchema, // Where the other side puts them.
  archive: FileSchema, // Where they go once read. Nothing is deleted.
  name: z.string().max(200).regex(NAME, "a name with '{sequence}' in it"),
  layout: z.looseObject({}), // As of an entity, without its file.
  reference: z.string(), // Columns.
  status: z.string(),
  key: z.string().optional(), // What it is called there. Absent: as we do.
  code: z.string().optional(),
  reason: z.string().optional(),
  field: z.string().optional(),
  booked: z.array(z.string()).min(1).max(50), // What its status says then.
  refused: z.array(z.string()).min(1).max(50),
});
export type AnswersLayout = Readonly<z.infer<typeof AnswersSchema>>;

/** Files that go out, and the answers to them. */
export const OutboundSchema = z
  .strictObject({
    folder: FileSchema, // Where the other side finds them.
    books: FileSchema, // Where we note what was handed over. Nobody else writes there.
    operations: z.record(
      z.string().refine((name) => OPERATION_NAMES.includes(name), 'is no operation'),
      OperationSchema,
    ),
    commandsMax: z.number().int().min(1).max(1000).optional(), // In one file. 100.
    takenByRenaming: z.boolean().optional(), // The other side takes a file by renaming it: then it can be taken back.
    answers: AnswersSchema,
  })
  .superRefine(({ answers }, context) => {
    const layout = { ...answers.layout, file: 'answers' };
    const parsed = EntityLayoutSchema.safeParse(layout);
    if (!parsed.success) {
      const message = z.prettifyError(parsed.error);
      context.addIssue({ code: 'custom', path: ['answers', 'layout'], message });
      return;
    }
    const { reference, status, key, code, reason, field } = answers;
    for (const column of [reference, status, key, code, reason, field]) {
      if (column === undefined || parsed.data.columns.includes(column)) continue;
      const message = `'${column}' is not among its columns`;
      context.addIssue({ code: 'custom', path: ['answers'], message });
    }
  });
export type OutboundLayout = Readonly<z.infer<typeof OutboundSchema>>;

/** What a folder with this layout takes. */
export const operationsOf = ({ operations }: OutboundLayout): readonly Operation[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema lets no other through.
  Object.keys(operations) as Operation[];
