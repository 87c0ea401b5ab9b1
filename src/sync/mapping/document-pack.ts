import { z } from 'zod';
import type { SourceDocument } from '#adapter-kit';
import { RECORD_KINDS } from '#canonical';
import type { Json } from '#kernel';
import type { Document } from './document.ts';
import { ConditionSchema, ExpressionSchema } from './expression.ts';
import { CheckSchema } from './pack.ts';
import type { Mapping, Pack } from './pack.ts';
import { HEADER, planOf, visitColumns } from './plan.ts';
import type { Plan } from './plan.ts';

/** A list inside the document whose members are its child rows, such as the lines of an order. */
const PartSchema = z.strictObject({
  as: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  at: z.string().min(1), // Dotted path of the list: 'lines'.
});

/**
 * How documents of one entity become records of one kind. A `column` is a dotted path into the
 * document, or into a member of the child's list: `party.name`. The key is the source's own.
 */
const DocumentMappingSchema = z.strictObject({
  name: z.string().optional(), // Needed when two mappings make the same kind. Else: the kind.
  kind: z.enum(RECORD_KINDS),
  from: z.string(), // The entity as its adapter calls it.
  where: ConditionSchema.optional(), // Only these documents are records of this mapping.
  children: z.array(PartSchema).max(5).optional(),
  fields: z.record(z.string().min(1), ExpressionSchema),
  checks: z.array(CheckSchema).max(20).optional(),
});
export type DocumentMapping = Readonly<z.infer<typeof DocumentMappingSchema>>;

/** A pack for a source that hands over whole documents: an API rather than files. */
export const DocumentPackSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.number().int().min(1),
  title: z.string(),
  adapter: z.string().regex(/^[a-z][a-z0-9-]*$/),
  mappings: z.array(DocumentMappingSchema).min(1).max(50),
});
export type DocumentPack = Readonly<z.infer<typeof DocumentPackSchema>>;

/** A mapping laid out, with the way from a source's document to the rows it reads. */
export type DocumentPlan = {
  readonly plan: Plan;
  readonly paths: readonly string[]; // What it reads of a document: `party.name`, `lines[].price`.
  rowsOf(document: SourceDocument): Document;
};

/** Lays out a mapping of documents. Fails with `sync.bad-mapping` when it names what is not there. */
export function documentPlanOf(mapping: DocumentMapping): DocumentPlan {
  const parts = mapping.children ?? [];
  const paths = new Map<string, Set<string>>([[HEADER, new Set()]]);
  for (const { as } of parts) paths.set(as, new Set());
  visitColumns(mapping, (alias, column) => paths.get(alias)?.add(column));
  const entityOf = (alias: string): string =>
    alias === HEADER ? mapping.from : `${mapping.from}.${alias}`;
  const entities = Object.fromEntries(
    [...paths].map(([alias, columns]) => [
      entityOf(alias),
      { columns: columns.size === 0 ? ['id'] : [...columns] },
    ]),
  );
  const asRows: Mapping = {
    ...mapping,
    key: { const: '' },
    children: parts.map(({ as }) => ({ as, entity: entityOf(as), on: {} })),
  };
  const pack: Pack = {
    name: 'documents',
    version: 1,
    title: '',
    adapter: 'file',
    layout: { entities },
    mappings: [asRows],
  };
  const plan = planOf(pack, asRows);
  const [header, ...children] = plan.nodes.map(({ entity, used }) =>
    used.map((at) => plan.columns[entity]?.[at] ?? ''),
  );
  const ofParts = parts.flatMap(({ as, at }) => [
    at,
    ...[...(paths.get(as) ?? [])].map((column) => `${at}[].${column}`),
  ]);
  return {
    plan,
    paths: [...(paths.get(HEADER) ?? []), ...ofParts],
    rowsOf({ content }) {
      const file = mapping.from;
      return {
        header: { file, line: 0, cells: [cellsOf(content, header ?? [])] },
        children: parts.map(({ at }, place) => {
          const list = valueAt(content, at);
          const members: readonly Json[] = Array.isArray(list) ? list : [];
          return members.map((member, n) => ({
            file,
            line: n + 1,
            cells: [cellsOf(member, children[place] ?? [])],
          }));
        }),
      };
    },
  };
}

function cellsOf(value: Json | undefined, columns: readonly string[]): readonly (string | null)[] {
  return columns.map((path) => textAt(value, path));
}

function textAt(value: Json | undefined, path: string): string | null {
  const found = valueAt(value, path);
  if (found === undefined || found === null) return null;
  return typeof found === 'object' ? JSON.stringify(found) : String(found);
}

/** A name with a dot in it is found as it is written before it is taken for a path. */
function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists are read by index too.
  const object = value as { readonly [key: string]: Json | undefined };
  if (Object.hasOwn(object, path)) return object[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const first = path.slice(0, dot);
  return Object.hasOwn(object, first) ? valueAt(object[first], path.slice(dot + 1)) : undefined;
}
