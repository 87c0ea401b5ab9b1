import { EXIT_CODES, mainError } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** Which documents to list; what is left out is not asked for. */
export type TradeFilter = {
  readonly party?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit?: string;
};

/** What a list can be narrowed by; it has no other option. */
export type Narrowing = {
  readonly party?: 'customer' | 'supplier';
  readonly status?: string; // Which ones there are.
  readonly days?: true;
  readonly whole?: true; // It comes in one page.
};

/** A list of the embedded ERP, as a command shows it. */
export type List = {
  readonly name: string;
  readonly summary: string;
  readonly by: Narrowing;
  readonly show: (context: Context, entity: string, filter: TradeFilter) => Promise<number>;
};

type Cells = readonly (string | number | null | undefined)[];
type Page<Row> = { readonly items: readonly Row[]; readonly next?: string | undefined };

/** Prints a page of documents, a line each, and how to go on. */
export function printPage<Row>(
  { json }: Context,
  page: Page<Row>,
  headings: readonly string[],
  cells: (row: Row) => Cells,
): number {
  if (json) printJson(page);
  else {
    printTable(headings, page.items.map(cells));
    if (page.next !== undefined) console.log(`More: --after '${page.next}'`);
  }
  return EXIT_CODES.done;
}

type NameOf = (id: string) => string;
type Names = (ids: readonly string[]) => Promise<NameOf>;

/** Looks up numbers and names of a kind, for people; programs are given ids. */
const namesOf =
  (route: 'nameParties' | 'nameItems') =>
  ({ client, json }: Context, entity: string): Names =>
  async (ids) => {
    if (json || ids.length === 0) return (id) => id;
    const query = { ids: [...new Set(ids)].join(',') };
    const { items } = await client.call(route, { params: { entity }, query });
    const names = new Map(items.map(({ id, number, name }) => [id, `${number} ${name}`]));
    return (id) => names.get(id) ?? id;
  };

/** Numbers and names of parties. */
export const partyNames = namesOf('nameParties');

/** Numbers and names of items. */
export const itemNames = namesOf('nameItems');

/** Prints a page of documents that name something each: by number and name. */
export async function printNaming<Row>(
  context: Context,
  page: Page<Row>,
  as: {
    readonly names: Names;
    readonly of: (row: Row) => string;
    readonly headings: readonly string[];
    readonly cells: (row: Row, named: string) => Cells;
  },
): Promise<number> {
  const nameOf = await as.names(page.items.map(as.of));
  return printPage(context, page, as.headings, (row) => as.cells(row, nameOf(as.of(row))));
}

/** The id of a party that somebody names by its number or its id. */
export async function partyId(
  { client }: Context,
  entity: string,
  { role, named }: { readonly role: 'customer' | 'supplier'; readonly named: string },
): Promise<string> {
  const params = { entity };
  const query = { role, search: named, limit: '200' } as const;
  const { items } = await client.call('listParties', { params, query });
  const found = items.find(({ number }) => number.toLowerCase() === named.toLowerCase());
  if (found !== undefined) return found.id;
  const byId = await client.call('nameParties', { params, query: { ids: named } });
  if (byId.items.some((each) => each.id === named && each.role === role)) return named;
  const remedy = `Name the ${role} by number, such as the list shows it, or by id.`;
  throw mainError('invalid', 'main.bad-setting', `--party '${named}' is no ${role}`, { remedy });
}

/** A status that a list can be narrowed by; any other is refused, not left out. */
export function oneOf<Status extends string>(there: readonly Status[], status: string): Status {
  const found = there.find((each) => each === status);
  if (found !== undefined) return found;
  const remedy = `There are: ${there.join(', ')}.`;
  throw mainError('invalid', 'main.bad-setting', `--status '${status}'`, { remedy });
}
