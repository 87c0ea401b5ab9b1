import { rows, sql } from '#database';
import type { Database } from '#database';
import { because } from '#kernel';
import type { Json } from '#kernel';
import { doubtfulSql } from './documents.ts';
import type { Grouped } from './documents.ts';
import { findGap } from './find-gap.ts';
import type { Gap } from './find-gap.ts';
import { originOf } from './mapping/compile.ts';
import { HEADER, nodeNamed } from './mapping/plan.ts';
import type { Node, Plan } from './mapping/plan.ts';
import type { Held } from './quarantine.ts';
import type { Staged } from './stage.ts';
import { say } from './sentences.ts';

/** What is wrong between rows, before any is mapped. */
export type Breaches = {
  readonly held: readonly Held[];
  readonly gap: Gap | undefined; // What new or changed has to wait.
};

type Options = {
  readonly database: Database;
  readonly plan: Plan;
  readonly grouped: Grouped;
  readonly staged: ReadonlyMap<string, Staged>;
};

const HELD_MAX = 10_000;

/** Finds keys that occur twice or not at all, child rows without a header, and gaps in files. */
export async function findBreaches(options: Options): Promise<Breaches> {
  const doubtful = options.grouped.doubtful === 0 ? [] : await findDoubtfulKeys(options);
  const orphans: Held[] = [];
  for (const node of options.plan.nodes) {
    if (node.role === 'child') orphans.push(...(await findOrphans(options, node)));
  }
  return { held: [...doubtful, ...orphans], gap: await findGap(options) };
}

async function findDoubtfulKeys({ database, plan, grouped, staged }: Options): Promise<Held[]> {
  const { mapping } = plan;
  const table = sql.id('sync', staged.get(mapping.from)?.table ?? '');
  type Found = {
    key: string | null;
    file: string;
    line: number;
    lines: number[];
    data: string;
  };
  const found = await rows<Found>(
    database.kysely,
    sql`select d.key, h.file, h.line, h.data,
        array_agg(h.line) over (partition by d.key) as lines
      from ${sql.id('sync', grouped.table)} d join ${table} h on h.row = d.row
      where ${doubtfulSql(grouped.twice)} order by d.row limit ${HELD_MAX}`,
  );
  const origin = originOf(plan, mapping.key);
  return found.map(({ key, file, line, lines, data }) => {
    const cells = cellsOf(data);
    const row = { file, line, cells: [cells] };
    const { column, value } = origin({ document: { header: row, children: [] }, row, position: 1 });
    const where = lines.slice(0, 5).join(', ');
    const why =
      key === null
        ? say('no-key', {})
        : say('key-twice', { key, times: lines.length, lines: where });
    return {
      ...(key === null ? {} : { key }),
      perRow: true as const,
      raw: rawOf(plan, nodeNamed(plan, HEADER), cells),
      problem: {
        file,
        line,
        ...because(why),
        ...(column === undefined ? {} : { column }),
        ...(value === undefined ? {} : { value }),
      },
    };
  });
}

async function findOrphans({ database, plan, staged }: Options, node: Node): Promise<Held[]> {
  const parent = staged.get(plan.mapping.from)?.table ?? '';
  const on = node.on.map(
    ([own, parents]) => sql`${sql.ref(`p.c${parents}`)} = ${sql.ref(`h.c${own}`)}`,
  );
  const [first = 0] = node.on[0] ?? [];
  const found = await rows<{ file: string; line: number; data: string; value: string | null }>(
    database.kysely,
    sql`select h.file, h.line, h.data, ${sql.ref(`h.c${first}`)} as value
      from ${sql.id('sync', staged.get(node.entity)?.table ?? '')} h
      where not exists (select from ${sql.id('sync', parent)} p where ${sql.join(on, sql` and `)})
      order by h.row limit ${HELD_MAX}`,
  );
  const column = plan.columns[node.entity]?.[first] ?? '';
  return found.map(({ file, line, data, value: given }) => {
    const value = given ?? '';
    const why = because(say('orphan', { parent: plan.mapping.from, value }));
    return {
      raw: rawOf(plan, node, cellsOf(data)),
      problem: { file, line, field: node.alias, column, value, ...why },
    };
  });
}

function cellsOf(data: string): readonly (string | null)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- staged as a list of cells.
  return JSON.parse(data) as (string | null)[];
}

/** A row by column name, as far as mappings read it. */
function rawOf(plan: Plan, node: Node, cells: readonly (string | null)[]): Json {
  const names = plan.columns[node.entity] ?? [];
  return Object.fromEntries(node.used.map((at, place) => [names[at] ?? '', cells[place] ?? null]));
}
