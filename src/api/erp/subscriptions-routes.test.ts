import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, once, openBooks, refused, rowsOf } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

test('a customer subscribes, is charged once, changes, and revenue moves by month', async () => {
  const { post } = books;
  const read = (path: string) => books.read(path);
  const customer = idOf(await post('parties', { role: 'customer', name: 'Kiosk' }));
  const plan = idOf(
    await post('subscription-plans', {
      code: 'BASIC',
      name: 'Basic',
      intervalMonths: 1,
      taxCode: 'OUT-STD',
      prices: [{ currency: 'EUR', validFrom: '2026-01-01', unitPrice: '30.00' }],
    }),
  );
  const draft = { customer, plan, quantity: '2', startsOn: '2026-03-01' };
  const id = idOf(await post('subscriptions', draft));
  expect(await post('subscriptions', { ...draft, startsOn: '2025-12-01' })).toMatchObject(
    refused(400, 'subscriptions.no-price'),
  );
  const run = { until: '2026-03-01', postedOn: '2026-03-01' };
  const first = await post('subscription-billing-runs', run, once('br-1'));
  expect(first.body).toMatchObject({ number: 'BR-2026-000001', invoices: [{}], refused: [] });
  expect(await post('subscription-billing-runs', run, once('br-1'))).toEqual(first);
  const second = await post('subscription-billing-runs', run, once('br-2'));
  expect(second.body).toEqual({ invoices: [], creditNotes: [], refused: [] });
  const change = { step: 'change', on: '2026-03-16', quantity: '4', version: 1 };
  expect((await post(`subscriptions/${id}/steps`, change)).body).toMatchObject({
    version: 2,
    movement: 'expansion',
    mrr: '120.00',
  });
  expect(await post(`subscriptions/${id}/steps`, change)).toMatchObject(
    refused(409, 'subscriptions.moved-on'),
  );
  const release = await post('subscription-releases', { through: '2026-03-31' });
  expect(release.body).toMatchObject({ released: [{ amount: '60.00', currency: 'EUR' }] });
  const shown = await read(`subscriptions/${id}`);
  expect(shown.body).toMatchObject({
    subscription: { status: 'active', events: [{ movement: 'new' }, { movement: 'expansion' }] },
    charges: [{ kind: 'recurring', amount: '60.00', released: '60.00' }],
  });
  const months = rowsOf(await read('recurring-revenue?from=2026-03-01&to=2026-04-01'));
  expect(months).toMatchObject([
    { new: '60.00', expansion: '60.00', closing: '120.00', customers: 1 },
    { opening: '120.00', closing: '120.00' },
  ]);
  expect(rowsOf(await read('subscriptions?status=active'))).toHaveLength(1);
  expect(rowsOf(await read('subscription-plans'))).toMatchObject([{ code: 'BASIC' }]);
});

test('who may only read subscriptions changes none', async () => {
  const buyer = await books.someone('buyer');
  expect(await books.read('subscriptions', buyer)).toMatchObject({ status: 403 });
  const auditor = await books.someone('auditor');
  expect(await books.read('subscriptions', auditor)).toMatchObject({ status: 200 });
  const run = { until: '2026-03-01', postedOn: '2026-03-01' };
  expect(await books.post('subscription-billing-runs', run, auditor)).toMatchObject({
    status: 403,
  });
});
