import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import { updateItems } from '#erp/items';
import { decimal } from '#kernel/decimal';
import { listMovements, moveStock, reverseMovements } from './index.ts';
import type { MovementDraft } from './index.ts';
import { forgetPieces, listSerialNumbers } from './pieces.ts';
import { receiveShipments, shipStock } from './shipments.ts';
import { openCount, postCount, recordCount } from './stock-counts.ts';
import type { CountedLine } from './stock-counts.ts';
import { transferStock } from './stock-documents.ts';
import {
  codeOf,
  context,
  draftsFor,
  keepLaws,
  newItems,
  on,
  openStock,
  valueOf,
} from './testing.ts';
import type { Stock } from './testing.ts';

let stock: Stock;

beforeAll(async () => {
  stock = await openStock();
});
afterAll(() => stock.database.close());
afterEach(async () => {
  await keepLaws(stock.database.kysely);
});

const move = (...drafts: MovementDraft[]) =>
  transact(stock.database, (tx) => moveStock(tx, context, drafts));
const newPump = async (): Promise<string> => {
  const [item = ''] = await newItems(stock.database, { name: 'Pump', serialManaged: true });
  return item;
};
const worth = { unitCost: decimal('10') };
/** Each piece of an item, and where it is. */
const pieces = async (item: string): Promise<string[]> =>
  (await listSerialNumbers(stock.database.kysely, { legalEntity: 'RI', item, limit: 50 })).map(
    ({ serial, standing, warehouse, location }) =>
      [serial, standing, warehouse === stock.main ? 'main' : 'other', location].join(' ').trim(),
  );
const transfer = (item: string, ...serials: string[]) =>
  transact(stock.database, (tx) =>
    transferStock(tx, context, [
      {
        postedOn: on,
        text: 'moved',
        lines: [
          {
            item,
            warehouse: stock.main,
            toWarehouse: stock.other,
            toLocation: 'B1',
            quantity: decimal(String(serials.length)),
            serials,
          },
        ],
      },
    ]),
  );

test('a piece is where it came, until it leaves with a document', async () => {
  const item = await newPump();
  const of = draftsFor(item, stock.main);
  await move(of('receipt', '3', { ...worth, serials: ['A', 'B', 'C'] }));
  valueOf((await transfer(item, 'B'))[0]);
  const [sold] = await move(of('issue', '-1', { serials: ['C'] }));
  expect(await pieces(item)).toEqual(['A in-stock main', 'B in-stock other B1', 'C left main']);
  const [, , left] = await listSerialNumbers(stock.database.kysely, {
    legalEntity: 'RI',
    item,
    limit: 9,
  });
  expect(left?.lastMovement).toMatchObject({ id: valueOf(sold).id, kind: 'issue' });
  const history = await listMovements(stock.database.kysely, {
    legalEntity: 'RI',
    item,
    serial: 'B',
    limit: 9,
  });
  expect(history.map(({ kind, quantity }) => `${kind} ${Number(quantity)}`)).toEqual([
    'transfer 1',
    'transfer -1',
    'receipt 3',
  ]);
});

test('a piece is not in stock twice, and taken only from where it is', async () => {
  const item = await newPump();
  const here = draftsFor(item, stock.main);
  const there = draftsFor(item, stock.other);
  const owing = draftsFor(item, stock.owing);
  const results = await move(
    here('receipt', '2', { ...worth, serials: ['A', 'B'] }),
    there('receipt', '1', { ...worth, serials: ['A'] }),
    there('receipt', '1', { ...worth, serials: ['C'] }),
    here('issue', '-1', { serials: ['C'] }),
    here('scrap', '-1', { serials: ['B'], location: 'A1' }),
    owing('issue', '-1', { serials: ['A'] }), // That warehouse may owe: no piece, though.
    here('issue', '-1', { serials: ['A'] }),
    here('issue', '-1', { serials: ['A'] }),
    there('return', '1', { ...worth, serials: ['A'] }),
  );
  expect(results.map(codeOf)).toEqual([
    'ok',
    'inventory.serial-taken',
    'ok',
    'inventory.serial-not-there',
    'inventory.serial-not-there',
    'inventory.serial-not-there',
    'ok',
    'inventory.serial-not-there',
    'ok',
  ]);
  expect(results[1]).toMatchObject({ problem: { message: 'A is in stock already: MAIN' } });
  expect(results[3]).toMatchObject({ problem: { message: 'C lies elsewhere: OTHER' } });
  expect(await pieces(item)).toEqual(['A in-stock other', 'B in-stock main', 'C in-stock other']);
});

test('what a refused group would have moved stays where it was', async () => {
  const item = await newPump();
  const of = draftsFor(item, stock.main);
  const results = await move(
    of('receipt', '1', { ...worth, serials: ['A'] }),
    of('issue', '-1', { serials: ['A'], group: 'bad' }),
    of('issue', '-1', { serials: ['X'], group: 'bad' }),
    of('issue', '-1', { serials: ['A'] }),
  );
  expect(results.map(codeOf)).toEqual([
    'ok',
    'inventory.group-refused',
    'inventory.serial-not-there',
    'ok',
  ]);
});

test('a reversal takes pieces back from where they came, and puts them where they were', async () => {
  const item = await newPump();
  const of = draftsFor(item, stock.main);
  const [came] = await move(of('receipt', '1', { ...worth, serials: ['A'], location: 'A2' }));
  const [sold] = await move(of('issue', '-1', { serials: ['A'], location: 'A2' }));
  const reverse = (...ids: string[]) =>
    transact(stock.database, (tx) =>
      reverseMovements(
        tx,
        context,
        ids.map((movement) => ({ movement, postedOn: on })),
      ),
    );
  await move(of('receipt', '1', { ...worth, serials: ['B'], location: 'A2' }));
  expect((await reverse(valueOf(came).id)).map(codeOf)).toEqual(['inventory.serial-not-there']);
  expect((await reverse(valueOf(sold).id)).map(codeOf)).toEqual(['ok']);
  expect(await pieces(item)).toEqual(['A in-stock main A2', 'B in-stock main A2']);
  expect((await reverse(valueOf(came).id)).map(codeOf)).toEqual(['ok']);
  expect(await pieces(item)).toEqual(['A left main A2', 'B in-stock main A2']);
});

test('two people receive the same piece at two places: one does', async () => {
  const item = await newPump();
  const both = await Promise.all(
    [stock.main, stock.other].map((warehouse) =>
      move(draftsFor(item, warehouse)('receipt', '1', { ...worth, serials: ['A'] })),
    ),
  );
  expect(both.flat().map(codeOf).toSorted()).toEqual(['inventory.serial-taken', 'ok']);
});

test('no writer puts a piece where another is, takes it from elsewhere, or moves more than it names', async () => {
  const item = await newPump();
  await move(draftsFor(item, stock.main)('receipt', '2', { ...worth, serials: ['A', 'B'] }));
  const write = (warehouse: string, quantity: number, serials: string) =>
    rows(
      stock.database.kysely,
      sql`insert into erp_inventory.movement (id, legal_entity, kind, item, warehouse, status,
          quantity, value, serials, moved_at, posted_on, source_area, source_kind, source_id,
          created_by)
        values ('x', 'RI', 'adjustment', ${item}, ${warehouse}, 'free', ${quantity}, ${quantity * 10},
          ${serials}::jsonb, now(), ${on}, 'test', 'test', 't', 'x')`,
    );
  const law = 'is not where it would have to be';
  await expect(write(stock.main, 1, '["A"]')).rejects.toThrow(law);
  await expect(write(stock.main, -2, '["A"]')).rejects.toThrow(law);
  await expect(write(stock.main, -2, '["A", "A"]')).rejects.toThrow(law);
  await expect(write(stock.main, -1, '["Z"]')).rejects.toThrow(law);
});

test('a piece arrives by the shipment line that it left with', async () => {
  const item = await newPump();
  await move(draftsFor(item, stock.main)('receipt', '2', { ...worth, serials: ['A', 'B'] }));
  const ship = (serial: string) =>
    transact(stock.database, (tx) =>
      shipStock(tx, context, [
        {
          postedOn: on,
          text: 'to the other',
          from: stock.main,
          to: stock.other,
          lines: [{ item, quantity: decimal('1'), serials: [serial] }],
        },
      ]),
    );
  const document = valueOf((await ship('A'))[0]).id;
  await ship('B');
  const arrive = (serial: string) =>
    transact(stock.database, (tx) => {
      const line = { document, line: '1', quantity: decimal('1'), serials: [serial] };
      return receiveShipments(tx, context, [{ postedOn: on, text: 'here', lines: [line] }]);
    });
  expect((await arrive('B')).map(codeOf)).toEqual(['inventory.serial-not-there']);
  expect((await arrive('A')).map(codeOf)).toEqual(['ok']);
  expect(await pieces(item)).toEqual(['A in-stock other', 'B in-stock other']);
});

async function countOf(item: string, ...lines: CountedLine[]) {
  return transact(stock.database, async (tx) => {
    const opened = valueOf(await openCount(tx, context, { warehouse: stock.main, items: [item] }));
    const recorded = await recordCount(tx, context, { ...opened, countedOn: on, lines });
    if (!recorded.ok) return { recorded, posted: undefined };
    return { recorded, posted: await postCount(tx, context, { ...recorded.value, postedOn: on }) };
  });
}
const seen = (line: number, ...serials: string[]): CountedLine => ({
  line,
  counted: decimal(String(serials.length)),
  serials,
});

test('a count of pieces says which are gone and which were found', async () => {
  const item = await newPump();
  const of = draftsFor(item, stock.main);
  await move(
    of('receipt', '2', { ...worth, serials: ['A', 'B'], location: 'A1' }),
    of('receipt', '1', { ...worth, serials: ['C'], location: 'A2' }),
  );
  const { posted } = await countOf(item, seen(1, 'A', 'C'), seen(2, 'D'));
  expect(codeOf(posted)).toBe('ok'); // B is gone, C lay elsewhere, D was found.
  expect(await pieces(item)).toEqual([
    'A in-stock main A1',
    'B left main A1',
    'C in-stock main A1',
    'D in-stock main A2',
  ]);
});

/** What was refused, and of which field. */
const saidOf = (result: Awaited<ReturnType<typeof recordCount>>): string =>
  result.ok ? 'ok' : `${result.problem.code}@${result.problem.field ?? ''}`;

test('of many lines a count names the one that it refuses', async () => {
  const item = await newPump();
  const of = draftsFor(item, stock.main);
  await move(
    of('receipt', '1', { ...worth, serials: ['A'], location: 'A1' }),
    of('receipt', '1', { ...worth, serials: ['B'], location: 'A2' }),
  );
  const said = await transact(stock.database, async (tx) => {
    const opened = valueOf(await openCount(tx, context, { warehouse: stock.main, items: [item] }));
    const record = (...lines: CountedLine[]) =>
      recordCount(tx, context, { ...opened, countedOn: on, lines });
    const refused = [
      await record(seen(1, 'A'), { line: 2, counted: decimal('1'), serials: ['B', 'B'] }),
      await record(seen(1, 'A'), { line: 2, counted: decimal('-1') }),
      await record(seen(1, 'A'), seen(7, 'B')),
      await record(seen(1, 'A'), {
        item,
        location: 'A2',
        counted: decimal('1'),
        serials: ['C'],
      }),
    ];
    const recorded = await record(seen(1, 'A'), seen(2, 'A'));
    refused.push(await postCount(tx, context, { ...valueOf(recorded), postedOn: on }));
    return refused.map(saidOf);
  });
  expect(said).toEqual([
    'inventory.serials-missing@lines.1.serials',
    'inventory.invalid@lines.1.counted',
    'inventory.unknown-count@lines.1.line',
    'inventory.invalid@lines.1',
    'inventory.serial-taken@lines.1.serials',
  ]);
});

test('a count refuses pieces without numbers, and one that lies where nobody counts', async () => {
  const item = await newPump();
  await move(
    draftsFor(item, stock.main)('receipt', '2', { ...worth, serials: ['A', 'B'] }),
    draftsFor(item, stock.other)('receipt', '1', { ...worth, serials: ['C'] }),
  );
  const refused = transact(stock.database, async (tx) => {
    const opened = valueOf(await openCount(tx, context, { warehouse: stock.main, items: [item] }));
    const record = (line: CountedLine) =>
      recordCount(tx, context, { ...opened, countedOn: on, lines: [line] });
    const one = await record({ line: 1, counted: decimal('1') });
    const uneven = await record({ line: 1, counted: decimal('2'), serials: ['A'] });
    const recorded = await record(seen(1, 'A', 'B', 'C'));
    const posted = await postCount(tx, context, { ...valueOf(recorded), postedOn: on });
    throw new Error([one, uneven, posted].map(saidOf).join(' '));
  });
  await expect(refused).rejects.toThrow(
    'inventory.serials-missing@lines.0.serials inventory.serials-missing@lines.0.serials inventory.serial-taken@lines.0.serials',
  );
});

test('stock of an item that gets serial numbers later is named by a count', async () => {
  const [item = ''] = await newItems(stock.database, { name: 'Pump' });
  const of = draftsFor(item, stock.main);
  const [came] = await move(of('receipt', '3', worth));
  const becomes = (version: number, serialManaged: boolean) =>
    transact(stock.database, async (tx) => {
      await updateItems(tx, context, [{ id: item, version, set: { serialManaged } }]);
      await forgetPieces(tx, [item]);
    });
  await becomes(1, true);
  expect((await move(of('issue', '-1', { serials: ['A'] }))).map(codeOf)).toEqual([
    'inventory.serial-not-there',
  ]);
  expect(codeOf((await countOf(item, seen(1, 'A', 'B'))).posted)).toBe('ok'); // One is gone.
  expect(await pieces(item)).toEqual(['A in-stock main', 'B in-stock main']);
  expect((await move(of('issue', '-1', { serials: ['A'] }))).map(codeOf)).toEqual(['ok']);
  const back = await transact(stock.database, (tx) =>
    reverseMovements(tx, context, [{ movement: valueOf(came).id, postedOn: on }]),
  );
  expect(back.map(codeOf)).toEqual(['inventory.serials-missing']);
  await becomes(2, false);
  expect(await pieces(item)).toEqual(['A left main', 'B unknown main']);
  expect((await move(of('issue', '-1'))).map(codeOf)).toEqual(['ok']);
});
