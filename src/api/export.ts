import type { z } from 'zod';
import { EXPORTS } from '#api-contract';
import type { ExportName, Permission } from '#api-contract';
import type { Cell } from './csv.ts';
import { isColumnName } from './exports/headings.ts';
import type { ColumnName } from './exports/headings.ts';
import type { Services } from './services.ts';

type AskedOf<Name extends ExportName> = {
  readonly params: z.output<(typeof EXPORTS)[Name]['params']>;
  readonly query: Omit<z.output<(typeof EXPORTS)[Name]['query']>, 'spreadsheet'>;
};

type Asked = { readonly params: unknown; readonly query: unknown };

/** A list as a file: who may have it, its columns by name, and a query as pages of rows of cells. */
export type Export = {
  readonly name: ExportName;
  readonly permission: Permission;
  readonly audit: { readonly around: `${string}.${string}` };
  readonly header: readonly ColumnName[];
  pages(asked: Asked, services: Services): AsyncGenerator<Cell[][], void, void>;
};

/** Declares a list as a file: its columns, in order, each read from a row. */
export function exportOf<Name extends ExportName, Row>(definition: {
  readonly name: Name;
  readonly permission: Permission;
  readonly audit: Export['audit'];
  readonly columns: Readonly<Partial<Record<ColumnName, (row: Row) => Cell>>>;
  pages(asked: AskedOf<Name>, services: Services): AsyncIterable<readonly Row[]>;
}): Export {
  const { name, permission, audit, columns } = definition;
  const readers = Object.values(columns);
  return {
    name,
    permission,
    audit,
    header: Object.keys(columns).filter(isColumnName),
    async *pages({ params, query }, services) {
      const { params: ofPath, query: ofQuery } = EXPORTS[name];
      const { spreadsheet: _, ...filters } = ofQuery.parse(query);
      const parsed = { params: ofPath.parse(params), query: filters };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas just passed it.
      for await (const rows of definition.pages(parsed as AskedOf<Name>, services)) {
        yield rows.map((row) => readers.map((read) => read(row)));
      }
    },
  };
}

const PAGE = 500;

/**
 * All of a list that is read a page at a time. A row that a newcomer has pushed onto the next page
 * is told once.
 */
export async function* allPages<Row>(
  list: (at: { readonly offset: number; readonly limit: number }) => Promise<{
    readonly rows: readonly Row[];
  }>,
  idOf: (row: Row) => string,
): AsyncGenerator<readonly Row[]> {
  let before = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await list({ offset, limit: PAGE });
    const told = before;
    const fresh = rows.filter((row) => !told.has(idOf(row)));
    if (fresh.length > 0) yield fresh;
    if (rows.length < PAGE) return;
    before = new Set(rows.map(idOf));
  }
}
