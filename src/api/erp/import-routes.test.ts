/** Taking back what a file brought, over HTTP: tried, taken back once, told, and kept in the log. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listEvents } from '#audit';
import { transact } from '#database';
import { runImport } from '#erp/imports';
import type { TableLine } from '#erp/imports';
import { instantOf, localDate } from '#kernel/time';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let id: string;
let controller: Readonly<Record<string, string>>;

async function* batch(lines: readonly TableLine[]) {
  yield await Promise.resolve({ lines });
}

/** Books one open item of a customer. */
async function bringItem(document: string): Promise<string> {
  const headings = ['Customer', 'Invoice', 'Date', 'Amount'];
  const cells = { Customer: 'K1', Invoice: document, Date: '2025-01-01', Amount: '100.00' };
  const lines = (): ReturnType<typeof batch> => batch([{ line: 2, values: cells }]);
  const context = { clock: () => instantOf(1_760_000_000_000), by: 'ada', legalEntity: 'DE01' };
  const wish = {
    kind: 'receivables',
    mode: 'all-or-nothing',
    file: { name: 'open.csv', digest: 'd', bytes: 1 },
    openingOn: localDate('2025-01-01'),
    table: { format: 'csv', headings, lines },
  } as const;
  const watching = { signal: new AbortController().signal, tell: () => undefined };
  const report = await transact(books.database, (tx) => runImport(tx, context, wish, watching));
  expect([report.status, report.created]).toEqual(['booked', 1]);
  return report.id;
}

beforeAll(async () => {
  books = await openBooks();
  await books.post('parties', { role: 'customer', name: 'Kiosk', number: 'K1' });
  controller = await books.someone('controller');
  id = await bringItem('R-1');
});
afterAll(() => books.close());

const back = (of: string) => `imports/${of}/take-back`;
const REASON = { reason: 'from the wrong file' };

test('a controller tries it, and nothing is changed; others may not', async () => {
  const tried = await books.post(`imports/${id}/try-take-back`, {}, controller);
  expect(tried).toMatchObject({
    status: 200,
    body: { import: id, on: '2025-01-01', lines: 1, held: [], heldLines: 0, problems: [] },
  });
  expect((await books.read(`imports/${id}`)).body).toMatchObject({ status: 'booked' });
  const buyer = await books.someone('buyer');
  expect((await books.post(back(id), REASON, buyer)).status).toBe(403);
  expect((await books.post(back(id), { reason: ' ' }, controller)).status).toBe(400);
});

test('taken back it says when, by whom and why; the same key answers the same, another is refused', async () => {
  const first = await books.post(back(id), REASON, { ...controller, ...once('back') });
  expect(first).toMatchObject({
    status: 200,
    body: {
      id,
      status: 'taken-back',
      takenBack: {
        on: '2025-01-01',
        reason: REASON.reason,
        lines: 1,
        documents: [{ kind: 'journal-entry' }],
      },
    },
  });
  expect(await books.post(back(id), REASON, { ...controller, ...once('back') })).toEqual(first);
  expect(await books.post(back(id), REASON)).toMatchObject(
    refused(409, 'imports.already-taken-back'),
  );
  expect(rowsOf(await books.read('imports'))).toMatchObject([{ id, status: 'taken-back' }]);
  const done = { action: 'imports.taken-back', outcome: ['done'], limit: 9, offset: 0 } as const;
  const events = await listEvents(books.database.kysely, done);
  expect(events.rows.map(({ subject }) => subject)).toEqual([id, id]);
});

test('what is settled since is named line by line, and refused as a whole', async () => {
  const other = await bringItem('R-1');
  const item = rowsOf(await books.read('receivables?state=open'))[0];
  const paid = await books.post('customer-payments', {
    customer: item?.['party'],
    paidOn: TODAY,
    bankAccount: 'MAIN',
    currency: 'EUR',
    amount: '40.00',
    parts: [{ item: item?.['id'], amount: '40.00' }],
  });
  expect(idOf(paid)).not.toBe('');
  const tried = await books.post(`imports/${other}/try-take-back`, {});
  expect(tried.body).toMatchObject({ lines: 0, heldLines: 1, held: [{ line: 2 }] });
  expect(await books.post(back(other), REASON)).toMatchObject(refused(409, 'imports.already-used'));
  expect(await books.post(back('imp_none'), REASON)).toMatchObject(
    refused(404, 'imports.no-such-import'),
  );
  expect((await books.read(`imports/${other}`)).body).toMatchObject({ status: 'booked' });
});
