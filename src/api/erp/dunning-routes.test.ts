/** Reminding customers and giving up, over HTTP: proposed, approved by another, sent; written off and taken back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
let kiosk: string;
let bazaar: string;
let controller: Readonly<Record<string, string>>;

beforeAll(async () => {
  books = await openBooks();
  kiosk = idOf(await books.post('parties', { role: 'customer', name: 'Kiosk' }));
  bazaar = idOf(await books.post('parties', { role: 'customer', name: 'Bazaar' }));
  controller = await books.someone('controller');
});
afterAll(() => books.close());

const owed = async (customer: string, unitPrice: string) => {
  const lines = [{ text: 'consulting', quantity: '1', unitPrice, account: '4000' }];
  const days = { issuedOn: '2025-07-01', postedOn: '2025-07-01' };
  const { body } = await books.post('customer-invoices', { customer, ...days, lines });
  return String(body['item']);
};
const propose = () => books.post('dunning-runs', { on: TODAY });
const decide = (id: string, decision: string, version: number, who = {}) =>
  books.post(`dunning-runs/${id}/decision`, { decision, version }, who);
const execute = (id: string, version: number) =>
  books.post(`dunning-runs/${id}/execute`, { version });

test('a run is proposed, approved by another, sent once; who is blocked is not reminded', async () => {
  const item = await owed(kiosk, '100.00');
  const other = await owed(bazaar, '50.00');
  const block = { reason: 'talks with us', until: '2025-12-31' };
  expect((await books.put(`dunning-blocks/${bazaar}`, block)).body).toEqual({ id: bazaar });
  expect(rowsOf(await books.read('dunning-blocks'))).toMatchObject([{ customer: bazaar }]);
  expect(rowsOf(await books.read('dunning-blocks?on=2026-01-01'))).toEqual([]);
  const id = idOf(await propose());
  expect((await books.read(`dunning-runs/${id}`)).body).toMatchObject({ status: 'proposed' });
  const items = rowsOf({ status: 200, body: (await books.read(`dunning-runs/${id}`)).body });
  expect(items.find((row) => row['item'] === other)).toMatchObject({
    isLeftOut: true,
    leftOutBecause: 'customer-blocked',
  });
  expect(rowsOf(await books.read('dunning-runs'))).toMatchObject([{ reminded: 1, leftOut: 1 }]);
  expect(await decide(id, 'approve', 1)).toMatchObject(refused(403, 'receivables.four-eyes'));
  const leaveOut = { version: 1, items: [{ item, isLeftOut: false }] };
  expect((await books.put(`dunning-runs/${id}`, leaveOut)).body).toEqual({ version: 2 });
  expect(await decide(id, 'approve', 1, controller)).toMatchObject(
    refused(409, 'receivables.moved-on'),
  );
  expect(await execute(id, 2)).toMatchObject(refused(409, 'receivables.not-in-this-state'));
  await decide(id, 'approve', 2, controller);
  expect((await execute(id, 3)).body).toMatchObject({ notices: [{}], passedOver: [] });
  expect(await execute(id, 4)).toMatchObject(refused(409, 'receivables.not-in-this-state'));
  const notices = await books.read(`dunning-notices?customer=${kiosk}&sort=-amount`);
  expect(rowsOf(notices)).toMatchObject([{ run: id, amount: '100.00', level: 1 }]);
  const [sent] = rowsOf(notices);
  const notice = `dunning-notices/${String(sent?.['id'])}`;
  expect(await books.read(notice)).toMatchObject({ status: 200, body: { run: id, items: [{}] } });
  expect((await books.read('dunning-notices/dn_none')).status).toBe(404);
  expect(
    (await books.ask('DELETE', `/v1/erp/legal-entities/DE01/dunning-blocks/${bazaar}`)).body,
  ).toEqual({ id: bazaar });
  const next = idOf(await propose());
  expect((await decide(next, 'withdraw', 1)).status).toBe(200);
  expect(rowsOf(await books.read('dunning-runs?status=withdrawn&sort=number'))).toMatchObject([
    { id: next },
  ]);
});

test('nobody is reminded on a day that has not come where the company is', async () => {
  const tomorrow = await books.post('dunning-runs', { on: '2025-10-10' });
  expect(tomorrow).toMatchObject(refused(400, 'receivables.run-after-today'));
  expect(tomorrow.body).toMatchObject({ problems: [{ field: 'on' }] });
  const hawaii = { code: 'US01', name: 'Surf Inc.', country: 'US', currency: 'USD' };
  const zone = { timeZone: 'Pacific/Honolulu' };
  await books.ask('POST', '/v1/erp/legal-entities', { ...hawaii, ...zone });
  const proposeThere = (on: string) =>
    books.ask('POST', '/v1/erp/legal-entities/US01/dunning-runs', { on });
  expect(await proposeThere(TODAY)).toMatchObject(refused(400, 'receivables.run-after-today'));
  expect(await proposeThere('2025-10-08')).toMatchObject(
    refused(409, 'receivables.nothing-to-dun'),
  );
});

test('levels and limits are set, and refuse what cannot be', async () => {
  const level = (number: number, daysOverdue: number, fee = '0.00') => ({
    level: number,
    daysOverdue,
    daysApart: 5,
    fee,
    text: { en: 'Please pay', de: 'Bitte zahlen' },
  });
  const set = (levels: object[]) => books.put('dunning-settings', { levels });
  expect((await set([level(1, 5), level(2, 20, '7.50')])).status).toBe(200);
  expect((await books.read('dunning-settings')).body).toMatchObject({
    levels: [{ level: 1 }, { daysOverdue: 20, fee: '7.50' }],
  });
  expect(await set([level(2, 5)])).toMatchObject(refused(400, 'receivables.bad-levels'));
  expect(await set([level(1, 5, '-1')])).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await books.put('write-off-settings', { limit: '-1' })).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  expect(await books.put('dunning-blocks/none', { reason: 'no such' })).toMatchObject(
    refused(404, 'api.no-such-record'),
  );
  const elsewhere = `${await books.elsewhere()}/dunning-blocks/${kiosk}`;
  expect(await books.ask('DELETE', elsewhere)).toMatchObject(refused(404, 'api.no-such-record'));
});

test('a small difference is written off up to the limit, and taken back', async () => {
  const item = await owed(kiosk, '3.00');
  const writeOff = (kind = 'small-difference') =>
    books.post(`receivables/${item}/write-off`, { kind, on: TODAY, reason: 'not worth it' });
  await books.put('write-off-settings', { limit: '2.00' });
  expect(await writeOff()).toMatchObject(refused(409, 'receivables.over-limit'));
  expect((await books.put('write-off-settings', { limit: '5.00' })).body).toEqual({
    limit: '5.00',
  });
  const done = await writeOff();
  expect(done.status).toBe(200);
  expect(rowsOf(await books.read(`write-offs?customer=${kiosk}&sort=-amount`))).toMatchObject([
    { id: idOf(done), amount: '3.00', takenBackOn: null },
  ]);
  const back = () =>
    books.post(`write-offs/${idOf(done)}/reverse`, { on: TODAY, reason: 'he paid after all' });
  expect((await back()).status).toBe(200);
  expect(await back()).toMatchObject(refused(409, 'receivables.already-taken-back'));
  expect((await books.read(`receivables/${item}`)).body).toMatchObject({ item: { open: '3.00' } });
});

test('a bank account is verified once, by another than who entered it', async () => {
  expect((await books.put('party-settings', { fourEyes: true })).body).toEqual({ fourEyes: true });
  expect((await books.read('party-settings')).body).toEqual({ fourEyes: true });
  const account = { holder: 'Kiosk', iban: 'DE89370400440532013000', validFrom: TODAY };
  const entered = idOf(await books.post(`parties/${kiosk}/bank-accounts`, account));
  const verify = (who = {}) => books.post(`bank-accounts/${entered}/verify`, {}, who);
  expect(await verify()).toMatchObject(refused(403, 'parties.same-eyes'));
  expect((await verify(controller)).status).toBe(200);
  expect(await verify(controller)).toMatchObject(refused(409, 'parties.already-verified'));
  const seller = await books.someone('seller');
  expect(await verify(seller)).toMatchObject(refused(403, 'api.not-allowed'));
});
