import type { DocumentsPage, PullFrom, SourceDocument } from '#adapter-kit';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { cursorOf, reachedOf } from './cursor.ts';
import { asObjects } from './rpc.ts';
import type { Rpc } from './rpc.ts';
import { id, isId, textOf } from './wire.ts';
import type { Sent } from './wire.ts';

const FIELDS = ['code', 'name', 'default_uom.symbol', 'quantity', 'cost_price'];

type Context = {
  readonly rpc: Rpc;
  readonly documentsPerPage: number;
  readonly stop: AbortSignal;
};

/**
 * What is on hand today in each warehouse's storage, a document per warehouse and product, none for
 * nothing. Tryton computes it from its moves: a snapshot at every reading, never changes.
 */
export async function* pullBalances(
  context: Context,
  from: PullFrom,
): AsyncGenerator<DocumentsPage> {
  const { rpc, documentsPerPage, stop } = context;
  stop.throwIfAborted();
  assert(from.mode === 'snapshot', 'stock balances are read whole');
  const reached = from.after === undefined ? undefined : reachedOf(from.after);
  assert(reached?.mode !== 'changes', 'a snapshot goes on from a place in a snapshot');
  let after = reached?.after ?? '0';
  const warehouses = asObjects(
    await rpc.read(
      'stock.location',
      'search_read',
      [[['type', '=', 'warehouse']], 0, null, [['id', 'ASC']], ['name']],
      stop,
    ),
  ).map((row) => textOf(row['id']));
  for (;;) {
    const domain: Sent = [
      ['id', '>', Number(after)],
      ['type', '=', 'goods'],
    ];
    const params = [domain, 0, documentsPerPage, [['id', 'ASC']]];
    const answer = await rpc.read('product.product', 'search', params, stop);
    const products = Array.isArray(answer) ? answer.map((key: Json) => textOf(key)) : [];
    const documents: SourceDocument[] = [];
    for (const warehouse of warehouses) {
      documents.push(...(await readBalances(context, warehouse, products)));
    }
    const last = products.length < documentsPerPage;
    after = products.at(-1) ?? after;
    const next = cursorOf({ mode: 'snapshot', after, changes: [] });
    yield { documents, problems: [], next, ...(last ? { last: true } : {}) };
    if (last) return;
  }
}

/** One balance by its key, `<warehouse>-<product>`. */
export async function fetchBalance(
  context: Context,
  key: string,
): Promise<SourceDocument | undefined> {
  context.stop.throwIfAborted();
  const [warehouse = '', product = ''] = key.split('-');
  if (!isId(warehouse) || !isId(product)) return undefined;
  return (await readBalances(context, warehouse, [product]))[0];
}

async function readBalances(
  { rpc, stop }: Context,
  warehouse: string,
  products: readonly string[],
): Promise<readonly SourceDocument[]> {
  if (products.length === 0) return [];
  const today = await rpc.read('ir.date', 'today', [], stop);
  const [year = '', month = '', day = ''] = textOf(today).split('-');
  const rows = asObjects(
    await rpc.readWith(
      {
        locations: [id(warehouse)],
        with_childs: true,
        stock_date_end: {
          __class__: 'date',
          year: Number(year),
          month: Number(month),
          day: Number(day),
        },
      },
      {
        model: 'product.product',
        method: 'search_read',
        params: [[['id', 'in', products.map(id)]], 0, null, [['id', 'ASC']], FIELDS],
      },
      stop,
    ),
  );
  const company = { currency: await rpc.currency(stop) };
  return rows.filter(isOnHand).map((row) => {
    const { id: product, ...content } = row;
    const key = `${warehouse}-${textOf(product)}`;
    return { key, content: { ...content, product: textOf(product), warehouse, company } };
  });
}

const isOnHand = ({ quantity }: JsonObject): boolean => /[1-9]/.test(textOf(quantity));
