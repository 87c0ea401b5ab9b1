import { rows, sql } from '#database';
import type { Database, Handle } from '#database';
import { badMapping, HEADER, nodeNamed } from './mapping/plan.ts';
import type { Node, Plan } from './mapping/plan.ts';
import type { Document, Row } from './mapping/document.ts';
import type { Expression } from './mapping/expression.ts';

type Fragment = ReturnType<typeof sql<unknown>>;

/** A mapping's documents, grouped by SQL in tables of the run's own. */
export type Grouped = {
  readonly plan: Plan;
  readonly table: string; // Every document: row, key, hash, children, copies.
  readonly work: string; // Those to be mapped, in pages.
  readonly parts: string; // Their child rows.
  readonly documents: number;
  readonly lines: number;
  readonly toMap: number;
  readonly pages: number;
};

type Options = {
  readonly plan: Plan;
  readonly tables: ReadonlyMap<string, string>; // Entity to staged table.
  readonly prefix: string;
  readonly checkpoint: number;
  readonly mappingPrint: string; // Part of each hash: another mapping maps everything again.
  readonly pageSize: number;
};

const CHILDREN_PER_PAGE = 20_000;

/** Joins header, child and looked-up rows, and finds the documents that look new. */
export async function groupDocuments(database: Database, options: Options): Promise<Grouped> {
  const { plan, prefix, checkpoint, pageSize } = options;
  const handle = database.kysely;
  const [table, work, parts] = [`${prefix}d`, `${prefix}w`, `${prefix}p`];
  await rows(handle, documentsSql(options, table));
  await rows(handle, sql`analyze ${sql.id('sync', table)}`);
  await rows(
    handle,
    sql`create unlogged table ${sql.id('sync', work)} as
      select w.*, h.file, h.line, ${dataOf(plan, HEADER)} as data from (
        select n.*, greatest((n.place - 1) / ${sql.lit(pageSize)},
          (sum(n.children) over (order by n.place)) / ${sql.lit(CHILDREN_PER_PAGE)})::integer as page
        from (
          select d.row, d.key, d.hash, d.children, row_number() over (order by d.row) as place
          from ${sql.id('sync', table)} d
          where d.copies = 1 and not exists (
            select from sync.document s
            where s.checkpoint = ${sql.lit(checkpoint)} and s.key = d.key and s.hash = d.hash)
        ) n
      ) w join ${tableOf(options, HEADER)} h on h.row = w.row ${lookupJoins(options, HEADER)}
      order by w.place`,
  );
  await rows(handle, sql`create index on ${sql.id('sync', work)} (page)`);
  await rows(handle, sql`analyze ${sql.id('sync', work)}`);
  await groupParts(handle, options, work, parts);
  const [total] = await rows<{ documents: number; lines: number }>(
    handle,
    sql`select count(*)::integer as documents, coalesce(sum(children), 0)::integer as lines
      from ${sql.id('sync', table)}`,
  );
  const [todo] = await rows<{ n: number; pages: number }>(
    handle,
    sql`select count(*)::integer as n, coalesce(max(page) + 1, 0) as pages from ${sql.id('sync', work)}`,
  );
  return {
    plan,
    table,
    work,
    parts,
    documents: total?.documents ?? 0,
    lines: total?.lines ?? 0,
    toMap: todo?.n ?? 0,
    pages: todo?.pages ?? 0,
  };
}

/** A document of a page, ready to be mapped. */
export type PageDocument = { readonly key: string; readonly document: Document };

/** The documents of one page. */
export async function readPage(
  handle: Handle,
  grouped: Grouped,
  page: number,
): Promise<readonly PageDocument[]> {
  type Part = { place: string; child: number; file: string; line: number; data: Row['cells'] };
  const headers = await rows<
    { place: string; key: string } & Omit<Row, 'cells'> & { data: Row['cells'] }
  >(
    handle,
    sql`select place, key, file, line, data from ${sql.id('sync', grouped.work)}
      where page = ${page} order by place`,
  );
  const childNodes = grouped.plan.nodes.filter(({ role }) => role === 'child');
  const found =
    childNodes.length === 0
      ? []
      : await rows<Part>(
          handle,
          sql`select place, child, file, line, data from ${sql.id('sync', grouped.parts)}
            where page = ${page} order by place, child, position`,
        );
  const children = new Map<string, Row[][]>();
  for (const { place, child, file, line, data } of found) {
    const lists = children.get(place) ?? childNodes.map(() => []);
    lists[child]?.push({ file, line, cells: data });
    children.set(place, lists);
  }
  return headers.map(({ place, key, file, line, data }) => ({
    key,
    document: {
      header: { file, line, cells: data },
      children: children.get(place) ?? childNodes.map(() => []),
    },
  }));
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
  const { plan, mappingPrint } = options;
  const childNodes = plan.nodes.filter(({ role }) => role === 'child');
  const digests = childNodes.map((_, at) => sql`coalesce(${sql.ref(`k${at}.digest`)}, '')`);
  const counts = childNodes.map((_, at) => sql`coalesce(${sql.ref(`k${at}.n`)}, 0)`);
  const joins = childNodes.map((node, at) => {
    const on = node.on.map(
      ([own, parents]) => sql`${sql.ref(`k${at}.c${own}`)} = ${sql.ref(`h.c${parents}`)}`,
    );
    return sql`left join (${childDigest(options, node)}) ${sql.id(`k${at}`)} on ${sql.join(on, sql` and `)}`;
  });
  const text = sql.join(
    [sql`${sql.lit(mappingPrint)}`, sql`${dataOf(plan, HEADER)}::text`, ...digests],
    sql` || `,
  );
  return sql`create unlogged table ${sql.id('sync', table)} as
    select h.row, ${keySql(plan, plan.mapping.key, 'h')} as key,
      sha256(convert_to(${text}, 'UTF8')) as hash,
      (${sql.join([sql`0`, ...counts], sql` + `)})::integer as children,
      (count(*) over (partition by ${keySql(plan, plan.mapping.key, 'h')}))::integer
        * (case when ${keySql(plan, plan.mapping.key, 'h')} is null then 0 else 1 end) as copies
    from ${tableOf(options, HEADER)} h ${lookupJoins(options, HEADER)}
    ${sql.join([sql``, ...joins], sql` `)}`;
}

/** Count and digest of the child rows, by what they are joined on. */
function childDigest(options: Options, node: Node): Fragment {
  const by = sql.join(node.on.map(([own]) => sql.ref(`h.c${own}`)));
  return sql`select ${by}, count(*) as n,
      string_agg(encode(sha256(convert_to(${dataOf(options.plan, node.alias)}::text, 'UTF8')), 'hex'),
        '' order by ${orderOf(node)}) as digest
    from ${tableOf(options, node.alias)} h ${lookupJoins(options, node.alias)}
    group by ${by}`;
}

async function groupParts(
  handle: Handle,
  options: Options,
  work: string,
  parts: string,
): Promise<void> {
  const childNodes = options.plan.nodes.filter(({ role }) => role === 'child');
  if (childNodes.length === 0) return;
  const selects = childNodes.map((node, at) => {
    const on = node.on.map(
      ([own, parents]) => sql`${sql.ref(`h.c${own}`)} = ${sql.ref(`o.c${parents}`)}`,
    );
    return sql`select w.page, w.place, ${sql.lit(at)}::integer as child, h.file, h.line,
        row_number() over (partition by w.place order by ${orderOf(node)}) as position,
        ${dataOf(options.plan, node.alias)} as data
      from ${sql.id('sync', work)} w
      join ${tableOf(options, HEADER)} o on o.row = w.row
      join ${tableOf(options, node.alias)} h on ${sql.join(on, sql` and `)}
      ${lookupJoins(options, node.alias)}`;
  });
  await rows(
    handle,
    sql`create unlogged table ${sql.id('sync', parts)} as ${sql.join(selects, sql` union all `)}`,
  );
  await rows(handle, sql`create index on ${sql.id('sync', parts)} (page)`);
  await rows(handle, sql`analyze ${sql.id('sync', parts)}`);
}

/** The cells of a level's row and its lookups, as JSON: what `Row.cells` is read from. */
function dataOf(plan: Plan, level: string): Fragment {
  const own = nodeNamed(plan, level);
  const lookups = lookupsOf(plan, level);
  const lists = [cellsOf(own, 'h'), ...lookups.map((node, at) => cellsOf(node, `l${at}`))];
  return sql`json_build_array(${sql.join(lists)})`;
}

function cellsOf(node: Node, alias: string): Fragment {
  if (node.used.length === 0) return sql`'[]'::json`;
  return sql`to_json(array[${sql.join(node.used.map((at) => sql.ref(`${alias}.c${at}`)))}])`;
}

function lookupJoins(options: Options, level: string): Fragment {
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

function lookupsOf(plan: Plan, level: string): readonly Node[] {
  return plan.nodes.filter((node) => node.role === 'lookup' && node.level === level);
}

function tableOf(options: Options, alias: string): Fragment {
  const { entity } = nodeNamed(options.plan, alias);
  return sql`${sql.id('sync', options.tables.get(entity) ?? '')}`;
}

/** Numbers as numbers, then text, then as in the file. */
function orderOf(node: Node): Fragment {
  if (node.orderBy === undefined) return sql`h.row`;
  const column = sql.ref(`h.c${node.orderBy}`);
  return sql`case when ${column} ~ '^[0-9]{1,18}$' then ${column}::bigint end, ${column}, h.row`;
}
