import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { badMapping, HEADER, nodeNamed } from './mapping/plan.ts';
import type { Node, Plan } from './mapping/plan.ts';
import type { Expression } from './mapping/expression.ts';

export type Fragment = ReturnType<typeof sql<unknown>>;

/** A mapping's documents, grouped by SQL in tables of the run's own. */
export type Grouped = {
  readonly plan: Plan;
  readonly tables: ReadonlyMap<string, string>; // Entity to staged table.
  readonly table: string; // Every document: row, key, hash, children, known, same.
  readonly twice: string; // Keys that more than one of them has.
  readonly documents: number;
  readonly lines: number;
  readonly toMap: number; // That look new or changed.
  readonly doubtful: number; // Without a key, or with one that others have too.
  readonly gone: number; // Applied before, and no longer there.
  readonly stored: number; // Applied before.
};

type Options = {
  readonly plan: Plan;
  readonly tables: ReadonlyMap<string, string>;
  readonly prefix: string;
  readonly checkpoint: number;
  readonly mappingPrint: string; // Part of each hash: another mapping maps everything again.
};

type Tables = Pick<Grouped, 'plan' | 'tables'>;

/** Memory PostgreSQL may take for a sort or a hash while it groups: else it goes to disk early. */
const GROUPING_MEMORY = '64MB';

/** Joins header, child and looked-up rows, and finds the documents that look new. */
export async function groupDocuments(database: Database, options: Options): Promise<Grouped> {
  const { plan, tables, prefix, checkpoint } = options;
  const [table, twice] = [`${prefix}d`, `${prefix}x`];
  return transact(database, async (transaction) => {
    await roomToSort(transaction);
    await rows(transaction, documentsSql(options, table));
    await rows(
      transaction,
      sql`create unlogged table ${sql.id('sync', twice)} as
        select key from ${sql.id('sync', table)} where key is not null
        group by key having count(*) > 1`,
    );
    await rows(transaction, sql`analyze ${sql.id('sync', table)} (row, same)`);
    const [found] = await rows<Omit<Grouped, 'plan' | 'tables' | 'table' | 'twice'>>(
      transaction,
      sql`with stored as (
          select count(*) as n from sync.document where checkpoint = ${checkpoint}),
        twice as (select count(*) as keys from ${sql.id('sync', twice)})
        select count(*)::integer as documents, coalesce(sum(d.children), 0)::integer as lines,
          (count(*) filter (where ${toMapSql(twice)}))::integer as "toMap",
          (count(*) filter (where ${doubtfulSql(twice)}))::integer as doubtful,
          (select n from stored)::integer as stored,
          (case when (select keys from twice) = 0
            then (select n from stored) - count(*) filter (where d.known)
            else (select count(*) from sync.document s where s.checkpoint = ${checkpoint}
              and not exists (select from ${sql.id('sync', table)} o where o.key = s.key))
            end)::integer as gone
        from ${sql.id('sync', table)} d`,
    );
    const none = { documents: 0, lines: 0, toMap: 0, doubtful: 0, stored: 0, gone: 0 };
    return { plan, tables, table, twice, ...none, ...found };
  });
}

/** Lets the rest of a transaction sort and hash in memory. */
export async function roomToSort(transaction: Handle): Promise<void> {
  await rows(transaction, sql`select set_config('work_mem', ${GROUPING_MEMORY}, true)`);
}

/** Whether document `d` has no key, or one that another has too. */
export function doubtfulSql(twice: string): Fragment {
  return sql`(d.key is null or d.key in (select key from ${sql.id('sync', twice)}))`;
}

/** Whether document `d` looks new or changed, and can be told from the others. */
export function toMapSql(twice: string): Fragment {
  return sql`(not d.same and not ${doubtfulSql(twice)})`;
}

/** A key as SQL. Null: the row has none. */
export function keySql(plan: Plan, expression: Expression, alias: string): Fragment {
  if (!('op' in expression)) {
    if ('const' in expression) return sql`${sql.lit(String(expression.const))}::text`;
    const at = plan.columns[plan.mapping.from]?.indexOf(expression.column) ?? -1;
    return sql`nullif(btrim(${sql.ref(`${alias}.c${at}`)}), '')`;
  }
  if (expression.op === 'trim') return sql`btrim(${keySql(plan, expression.of, alias)})`;
  if (expression.op === 'concat') {
    const parts = expression.of.map((part) => keySql(plan, part, alias));
    return sql`(${sql.join(parts, sql` || ${sql.lit(expression.with)} || `)})`;
  }
  throw badMapping(plan, `a key cannot use '${expression.op}'`, 'Use column, const, trim, concat.');
}

function documentsSql(options: Options, table: string): Fragment {
  const { plan, checkpoint, mappingPrint } = options;
  const childNodes = plan.nodes.filter(({ role }) => role === 'child');
  const digests = childNodes.map((_, at) => sql`coalesce(${sql.ref(`k${at}.digest`)}, '')`);
  const counts = childNodes.map((_, at) => sql`coalesce(${sql.ref(`k${at}.n`)}, 0)`);
  const joins = childNodes.map((node, at) => {
    const on = node.on.map(
      ([own, parents]) => sql`${sql.ref(`k${at}.c${own}`)} = ${sql.ref(`h.c${parents}`)}`,
    );
    return sql`left join (${childDigest(options, node)}) ${sql.id(`k${at}`)} on ${sql.join(on, sql` and `)}`;
  });
  const print = sql`${sql.lit(`\\x${mappingPrint.slice(0, 32)}`)}::bytea`;
  const hashes = sql.join([print, hashOf(plan, HEADER), ...digests], sql` || `);
  return sql`create unlogged table ${sql.id('sync', table)} with (autovacuum_enabled = false) as
    select n.row, n.key, n.hash, n.children, s.key is not null as known,
      coalesce(s.hash = n.hash, false) as same
    from (
      select h.row, ${keySql(plan, plan.mapping.key, 'h')} as key,
        ${plan.nodes.length === 1 ? hashes : sql`sha256(${hashes})`} as hash,
        (${sql.join([sql`0`, ...counts], sql` + `)})::integer as children
      from ${tableOf(options, HEADER)} h ${lookupJoins(options, HEADER)}
      ${sql.join([sql``, ...joins], sql` `)}
    ) n left join sync.document s on s.checkpoint = ${sql.lit(checkpoint)} and s.key = n.key`;
}

/** Count and digest of the child rows, by what they are joined on. */
function childDigest(options: Options, node: Node): Fragment {
  const by = sql.join(node.on.map(([own]) => sql.ref(`h.c${own}`)));
  return sql`select ${by}, count(*) as n,
      sha256(string_agg(${hashOf(options.plan, node.alias)}, ''::bytea
        order by ${sql.join(orderOf(node))})) as digest
    from ${tableOf(options, node.alias)} h ${lookupJoins(options, node.alias)}
    group by ${by}`;
}

/** The hashes of a level's row and its lookups, each 16 bytes. */
function hashOf(plan: Plan, level: string): Fragment {
  const nothing = sql`'\\x00000000000000000000000000000000'::bytea`;
  const found = lookupsOf(plan, level).map(
    (_, at) => sql`coalesce(${sql.ref(`l${at}.hash`)}, ${nothing})`,
  );
  return sql`${sql.join([sql.ref('h.hash'), ...found], sql` || `)}`;
}

/** Joins to row `h` of a level what it looks up: of several that fit, the first in the file. */
export function lookupJoins(options: Tables, level: string): Fragment {
  const lookups = lookupsOf(options.plan, level);
  const joins = lookups.map((node, at) => {
    const own = node.on.map(([column]) => sql.ref(`c${column}`));
    const parentAt = lookups.findIndex(({ alias }) => alias === node.parent);
    const parent = parentAt >= 0 ? `l${parentAt}` : 'h';
    const on = node.on.map(
      ([column, parents]) =>
        sql`${sql.ref(`l${at}.c${column}`)} = ${sql.ref(`${parent}.c${parents}`)}`,
    );
    const where = node.where.map(
      ([column, text]) => sql`${sql.ref(`c${column}`)} = ${sql.lit(text)}`,
    );
    return sql`left join (
        select distinct on (${sql.join(own)}) * from ${tableOf(options, node.alias)}
        where ${sql.join([sql`true`, ...where], sql` and `)} order by ${sql.join(own)}, row
      ) ${sql.id(`l${at}`)} on ${sql.join(on, sql` and `)}`;
  });
  return sql`${sql.join([sql``, ...joins], sql` `)}`;
}

export function lookupsOf(plan: Plan, level: string): readonly Node[] {
  return plan.nodes.filter((node) => node.role === 'lookup' && node.level === level);
}

export function tableOf({ plan, tables }: Tables, alias: string): Fragment {
  const { entity } = nodeNamed(plan, alias);
  return sql`${sql.id('sync', tables.get(entity) ?? '')}`;
}

/** Numbers as numbers, then text, then as in the file: always three. */
export function orderOf({ orderBy }: Node): readonly Fragment[] {
  if (orderBy === undefined) return [sql`null::bigint`, sql`null::text`, sql`h.row`];
  return [sql`${sql.ref(`h.n${orderBy}`)}`, sql`${sql.ref(`h.c${orderBy}`)}`, sql`h.row`];
}
