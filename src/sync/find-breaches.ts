import { rows, sql } from '#database';
import type { Database } from '#database';
import type { Json } from '#kernel';
import type { Grouped } from './documents.ts';
import { originOf } from './mapping/compile.ts';
import { HEADER, nodeNamed } from './mapping/plan.ts';
import type { Node, Plan } from './mapping/plan.ts';
import type { Held } from './quarantine.ts';
import type { Staged } from './stage.ts';
import type { Checkpoint } from './sync-mapping.ts';

/** What is wrong between rows, before any is mapped. */
export type Breaches = {
  readonly held: readonly Held[];
  readonly documentsHeld: number; // Of the documents, how many can not even be mapped.
  readonly heldBack: ReadonlyMap<string, string>; // By key: why it waits.
};

type Options = {
  readonly database: Database;
  readonly plan: Plan;
  readonly grouped: Grouped;
  readonly staged: ReadonlyMap<string, Staged>;
  readonly checkpoint: Checkpoint;
};

const HELD_MAX = 10_000;

/** Finds keys that occur twice or not at all, child rows without a header, and gaps in files. */
export async function findBreaches(options: Options): Promise<Breaches> {
  const doubtful = await findDoubtfulKeys(options);
  const orphans: Held[] = [];
  for (const node of options.plan.nodes) {
    if (node.role === 'child') orphans.push(...(await findOrphans(options, node)));
  }
  return {
    held: [...doubtful, ...orphans],
    documentsHeld: doubtful.length,
    heldBack: await findGaps(options),
  };
}

async function findDoubtfulKeys({ database, plan, grouped, staged }: Options): Promise<Held[]> {
  const { mapping, columns } = plan;
  const names = columns[mapping.from] ?? [];
  const table = sql.id('sync', staged.get(mapping.from)?.table ?? '');
  type Found = {
    key: string | null;
    file: string;
    line: number;
    lines: number[];
    cells: (string | null)[];
  };
  const found = await rows<Found>(
    database.kysely,
    sql`select d.key, h.file, h.line, to_json(array[${cellsOf(names)}]) as cells,
        array_agg(h.line) over (partition by d.key) as lines
      from ${sql.id('sync', grouped.table)} d join ${table} h on h.row = d.row
      where d.copies <> 1 order by d.row limit ${HELD_MAX}`,
  );
  const origin = originOf(plan, mapping.key);
  return found.map(({ key, file, line, lines, cells }) => {
    const used = nodeNamed(plan, HEADER).used.map((at) => cells[at] ?? null);
    const row = { file, line, cells: [used] };
    const { column, value } = origin({ document: { header: row, children: [] }, row, position: 1 });
    const where = lines.slice(0, 5).join(', ');
    const reason =
      key === null
        ? 'the row has no key: fill this column'
        : `the key '${key}' occurs ${lines.length} times, on lines ${where}: none was taken, keep one`;
    return {
      ...(key === null ? {} : { key }),
      perRow: true as const,
      raw: rawOf(names, cells),
      problem: {
        file,
        line,
        reason,
        ...(column === undefined ? {} : { column }),
        ...(value === undefined ? {} : { value }),
      },
    };
  });
}

async function findOrphans({ database, plan, staged }: Options, node: Node): Promise<Held[]> {
  const names = plan.columns[node.entity] ?? [];
  const parent = staged.get(plan.mapping.from)?.table ?? '';
  const on = node.on.map(
    ([own, parents]) => sql`${sql.ref(`p.c${parents}`)} = ${sql.ref(`h.c${own}`)}`,
  );
  const found = await rows<{ file: string; line: number; cells: (string | null)[] }>(
    database.kysely,
    sql`select h.file, h.line, to_json(array[${cellsOf(names)}]) as cells
      from ${sql.id('sync', staged.get(node.entity)?.table ?? '')} h
      where not exists (select from ${sql.id('sync', parent)} p where ${sql.join(on, sql` and `)})
      order by h.row limit ${HELD_MAX}`,
  );
  const [first = 0] = node.on[0] ?? [];
  return found.map(({ file, line, cells }) => {
    const value = cells[first] ?? '';
    const reason = `belongs to ${plan.mapping.from} '${value}', which is not there: correct this value, or add that row`;
    const column = names[first] ?? '';
    return {
      raw: rawOf(names, cells),
      problem: { file, line, field: node.alias, column, value, reason },
    };
  });
}

/** Where rows could not be read, a record that would lose something waits until they can. */
async function findGaps(options: Options): Promise<ReadonlyMap<string, string>> {
  const { database, plan, grouped, staged, checkpoint } = options;
  const broken = plan.nodes.filter(
    ({ role, entity }) => role !== 'header' && (staged.get(entity)?.unreadable ?? 0) > 0,
  );
  if (broken.length === 0) return new Map();
  const fewer = broken.some(({ role }) => role === 'lookup')
    ? sql`true`
    : sql`w.children < s.children`;
  const found = await rows<{ key: string }>(
    database.kysely,
    sql`select w.key from ${sql.id('sync', grouped.work)} w
      join sync.document s on s.checkpoint = ${checkpoint.id} and s.key = w.key where ${fewer}`,
  );
  const files = [...new Set(broken.map(({ entity }) => entity))].join(', ');
  const reason = `waits, since rows of ${files} that may belong to it could not be read: correct those first`;
  return new Map(found.map(({ key }) => [key, reason]));
}

function cellsOf(names: readonly string[]): ReturnType<typeof sql<unknown>> {
  return sql.join(names.map((_, at) => sql.ref(`h.c${at}`)));
}

function rawOf(names: readonly string[], cells: readonly (string | null)[]): Json {
  return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? null]));
}
