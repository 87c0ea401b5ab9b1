import { sql } from '#database';

/** How a list goes: by a key of its closed list; '-' before it turns it round. */
export type Sorting<Key extends string> = Key | `-${Key}`;

type Fragment = ReturnType<typeof sql<boolean>>;

/**
 * The order of a list by cursor, and what of it comes after the row with the id `after`. Rows that
 * are equal in the key go by their id, so that none comes twice and none is left out. Columns that
 * may be null are no keys.
 */
export function sortedBy<Key extends string>(
  list: {
    readonly table: string;
    readonly alias: string;
    readonly columns: Readonly<Record<Key, string>>;
  },
  sorting: Sorting<Key>,
  after: string | undefined,
): { readonly order: Fragment; readonly isAfter: Fragment } {
  const { table, alias, columns } = list;
  const descending = sorting.startsWith('-');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- less its sign it is the key.
  const column = columns[(descending ? sorting.slice(1) : sorting) as Key];
  const [key, id] = [sql.ref(`${alias}.${column}`), sql.ref(`${alias}.id`)];
  const way = descending ? sql`desc` : sql`asc`;
  const beyond = descending ? sql`<` : sql`>`;
  return {
    order: sql`${key} ${way}, ${id} ${way}`,
    isAfter:
      after === undefined
        ? sql`true`
        : sql`(${key}, ${id}) ${beyond} (select last.${sql.ref(column)}, last.id
            from ${sql.table(table)} last where last.id = ${after})`,
  };
}

/** A condition about what is asked for. What is not asked for is no part of the statement: its plan can be kept. */
export const given = <T>(
  value: T | undefined,
  condition: (value: T) => Fragment,
): readonly Fragment[] => (value === undefined ? [] : [condition(value)]);

const USUAL = 51; // A page of fifty, and the row that tells whether there is a next one.

/**
 * How many rows a list asks for. The usual number is written into the statement: PostgreSQL keeps no
 * plan for a list whose length it does not know.
 */
export const atMost = (limit: number): Fragment =>
  limit === USUAL ? sql`limit ${sql.lit(USUAL)}` : sql`limit ${limit}`;
