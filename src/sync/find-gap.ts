import type { RowProblem } from '#adapter-kit';
import { rows, sql } from '#database';
import { because } from '#kernel';
import type { Database } from '#database';
import { lookupJoins, lookupsOf, tableOf } from './documents.ts';
import type { Grouped } from './documents.ts';
import { HEADER } from './mapping/plan.ts';
import type { Node, Plan } from './mapping/plan.ts';
import type { Staged } from './stage.ts';
import { say } from './sentences.ts';

/** Documents that may lack a row which could not be read. New or changed, they have to wait. */
export type Gap = {
  readonly why: ReturnType<typeof because>;
  readonly keys: ReadonlySet<string> | 'all'; // 'all': nobody knows which.
};

type Options = {
  readonly database: Database;
  readonly plan: Plan;
  readonly grouped: Grouped;
  readonly staged: ReadonlyMap<string, Staged>;
};

/**
 * Says which documents rows that could not be read may belong to: by the columns of such a row that
 * are certain, where they say so; else all of them. So none comes in without a line its source has.
 */
export async function findGap(options: Options): Promise<Gap | undefined> {
  const { plan, staged } = options;
  const broken = plan.nodes.filter(
    ({ role, entity }) => role !== 'header' && (staged.get(entity)?.unreadable ?? 0) > 0,
  );
  if (broken.length === 0) return undefined;
  const files = [...new Set(broken.map(({ entity }) => entity))].join(', ');
  const why = because(say('waits-for-rows', { files }));
  const keys = new Set<string>();
  for (const node of broken) {
    const told = await keysFor(options, node);
    if (told === 'all') return { why, keys: 'all' };
    for (const key of told) keys.add(key);
  }
  return { why, keys };
}

/** Whether a document has to wait for a gap to be closed. */
export function waitsFor(gap: Gap | undefined, key: string): boolean {
  return gap !== undefined && (gap.keys === 'all' || gap.keys.has(key));
}

async function keysFor(options: Options, node: Node): Promise<readonly string[] | 'all'> {
  const { staged, plan } = options;
  const { problems, unreadable } = staged.get(node.entity) ?? { problems: [], unreadable: 0 };
  if (problems.length < unreadable) return 'all'; // More than were kept.
  const isPart = node.role === 'child';
  if (!isPart && node.level !== HEADER) return 'all'; // Looked up for a child row.
  const joined = problems.map((problem) => joinedBy(node, problem));
  if (joined.includes(undefined)) return 'all';
  const parent = parentOf(plan, node);
  const found = await documentsWith(options, node, { parent, joined: joined.filter(isTold) });
  const named = new Set(found.map(({ at }) => at));
  // A line names an order that is there, or its name cannot be trusted.
  if (isPart && named.size < new Set(joined.map((value) => JSON.stringify(value))).size)
    return 'all';
  return found.flatMap(({ key }) => (key === null ? [] : [key]));
}

/** The values that an unreadable row is joined by, if they are certain. */
function joinedBy(node: Node, { cells }: RowProblem): readonly string[] | undefined {
  const values = node.on.map(([own]) => cells?.[own]?.trim() ?? '');
  return values.length > 0 && values.every((value) => value !== '') ? values : undefined;
}

const isTold = (values: readonly string[] | undefined): values is readonly string[] =>
  values !== undefined;

/** The SQL alias of the rows that a node is joined to. */
function parentOf(plan: Plan, node: Node): string {
  const at = lookupsOf(plan, HEADER).findIndex(({ alias }) => alias === node.parent);
  return at < 0 ? 'h' : `l${at}`;
}

async function documentsWith(
  { database, grouped }: Options,
  node: Node,
  by: { readonly parent: string; readonly joined: readonly (readonly string[])[] },
): Promise<readonly { readonly key: string | null; readonly at: string }[]> {
  const { parent, joined } = by;
  if (joined.length === 0) return [];
  const columns = node.on.map(([, parents]) => sql.ref(`${parent}.c${parents}`));
  const wanted = joined.map((values) => JSON.stringify(values));
  const values = sql`json_build_array(${sql.join(columns)})::jsonb`;
  return rows(
    database.kysely,
    sql`select d.key, ${values}::text as at
      from ${sql.id('sync', grouped.table)} d
      join ${tableOf(grouped, HEADER)} h on h.row = d.row ${lookupJoins(grouped, HEADER)}
      where ${values} = any(${wanted}::jsonb[])`,
  );
}
