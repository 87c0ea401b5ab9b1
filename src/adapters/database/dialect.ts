import type { Category, Column, Index } from './column.ts';
import type { Sql } from './sql.ts';
import type { Address } from './address.ts';

/** The servers we know the language of. MariaDB speaks MySQL's. */
export const DIALECTS = ['postgresql', 'mysql', 'sqlserver', 'oracle'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** How a server is signed in to: at an address that was looked at. */
export type SignIn = {
  readonly address: Address;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: Tls;
  readonly statementSecondsMax: number;
  readonly stop: AbortSignal;
};

/** Certificates are always verified: by the machine's authorities, or by one given as PEM. */
export type Tls = 'off' | { readonly certificateAuthority?: string };

/** A cell as the server wrote it out. */
export type Cell = string | null;

/** One connection. Everything it throws is one of our errors. */
export type Session = {
  readonly server: string; // Product and version.
  readonly encrypted: boolean;
  rows(statement: Sql): Promise<readonly (readonly Cell[])[]>;
  run(statement: Sql): Promise<number>; // Rows touched.
  /** `read`: nothing can be changed, and every statement sees the same state. */
  begin(mode: 'read' | 'write'): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  end(): Promise<void>;
};

/** What differs from server to server. */
export type Dialect = {
  readonly name: DialectName;
  readonly portDefault: number;
  connect(signIn: SignIn): Promise<Session>;
  quote(name: string): string;
  /** The schema meant when a table is named without one. */
  readonly schemaDefault: Sql;
  /** After an ORDER BY. */
  limit(rows: number): Sql;
  /** The text of a column, exact to the last digit; a large one is cut after so many characters. */
  textOf(column: Column, expression: Sql, charactersMax: number): Sql;
  /** A parameter as a value of the column's type, to compare with it or to write into it. */
  valueOf(column: Column, parameter: Sql, use: 'compare' | 'store'): Sql;
  /** So many seconds (of a number: steps) before a value of the column. */
  before(column: Column, value: Sql, overlap: number): Sql;
  /** A day from now, for a column that holds days or times. */
  tomorrow(column: Column): Sql;
  /** The next number of a sequence. */
  next(sequence: Sql): Sql;
  /** Suffix of a query of one row that keeps others from changing it until the transaction ends. */
  lockRow(from: Sql): { readonly from: Sql; readonly suffix: Sql };
  deleteFrom(table: Sql, alias: string, where: Sql): Sql;
  /** A query without a table. */
  readonly fromNothing: Sql;
  /** One row a column: name, type, category, nullable ('1'), scale, large ('1'). */
  columnsOf(schema: Sql, table: string): Sql;
  readColumn(row: readonly Cell[]): Column;
  /** One row a column of an index, in order: index, column, unique ('1'). */
  indexesOf(schema: Sql, table: string): Sql;
};

/** Rows of an index query, put together. */
export function indexesFrom(rows: readonly (readonly Cell[])[]): readonly Index[] {
  const found = new Map<string, { columns: string[]; unique: boolean }>();
  for (const [index, column, unique] of rows) {
    const one = found.get(index ?? '') ?? { columns: [], unique: unique === '1' };
    one.columns.push(column ?? '');
    found.set(index ?? '', one);
  }
  return [...found.values()];
}

/** A column of a row in which name, type, nullable, scale and large stand in this order. */
export function columnFrom(
  [name, type, nullable, scale, large]: readonly Cell[],
  category: Category,
): Column {
  return {
    name: name ?? '',
    type: type ?? '',
    category,
    nullable: nullable === '1',
    ...(scale === null || scale === undefined || category !== 'number'
      ? {}
      : { scale: Number(scale) }),
    ...(large === '1' ? { large: true } : {}),
  };
}
