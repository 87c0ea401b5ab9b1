/** Our bank accounts, over HTTP: statements come once, lines are explained and unexplained, bank and books agree. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Body, Books } from './testing.ts';

const IBAN = 'DE89370400440532013000';
const Ref = z.object({ kind: z.string(), id: z.string() });
const Flow = z.object({ links: z.array(z.object({ from: Ref, to: Ref })) });
let books: Books;
let account: string;
let customer: string;
let there: string; // Where the books of another legal entity begin.

beforeAll(async () => {
  books = await openBooks();
  const post = async (path: string, body: object) => idOf(await books.post(path, body));
  there = await books.elsewhere();
  customer = await post('parties', { role: 'customer', name: 'Kiosk' });
  account = await post('own-bank-accounts', ours());
});
afterAll(() => books.close());

const ours = (more: object = {}) => ({
  code: 'HAUS',
  name: 'Hausbank',
  iban: IBAN,
  currency: 'EUR',
  ledgerAccount: '1400',
  clearingAccount: '1410',
  ...more,
});
const csv = (...lines: string[]) => ['day;amount;text;ref', ...lines].join('\n');
const mapping = {
  delimiter: ';',
  decimalPoint: ',',
  days: 'DD.MM.YYYY',
  columns: { bookedOn: 'day', amount: 'amount', remittance: ['text'], reference: 'ref' },
};
const bring = (reference: string, opening: string, file: string, key = {}) => {
  const told = { format: 'csv', mapping, account: 'HAUS', reference, opening, file };
  return books.post('bank-statements', told, key);
};
const path = (what: string) => `own-bank-accounts/${account}/${what}`;
const waiting = async () => rowsOf(await books.read(path('lines?matched=false')));
const lineOf = (rows: readonly Body[], text: string) =>
  String(rows.find(({ remittance }) => remittance === text)?.['id']);
const match = (line: string, parts: object[], headers = {}) =>
  books.post(`bank-statement-lines/${line}/match`, { parts }, headers);
const invoiced = async (unitPrice: string) => {
  const lines = [{ text: 'consulting', quantity: '1', unitPrice, account: '4000' }];
  const free = { customer, issuedOn: TODAY, postedOn: TODAY, lines };
  const { body } = await books.post('customer-invoices', free);
  return { id: String(body['id']), number: String(body['number']), item: String(body['item']) };
};
/** What came directly of a document, by its flow: ids of one kind. */
const flowOf = async (kind: string, id: string, became: string): Promise<readonly string[]> => {
  const { body } = await books.ask('GET', `/v1/erp/documents/${kind}/${id}/flow`);
  const { links } = Flow.parse(body);
  const direct = links.filter(({ from, to }) => from.id === id && to.kind === became);
  return direct.map(({ to }) => to.id);
};

test('an account of ours is opened once, and says why not', async () => {
  expect(rowsOf(await books.read('own-bank-accounts'))).toMatchObject([
    { code: 'HAUS', iban: IBAN },
  ]);
  expect(await books.post('own-bank-accounts', ours())).toMatchObject(
    refused(409, 'banking.account-exists'),
  );
  const wrong = ours({ code: 'X', iban: 'DE00370400440532013000' });
  expect(await books.post('own-bank-accounts', wrong)).toMatchObject(
    refused(400, 'banking.invalid-iban'),
  );
});

test('a statement comes once, goes on where the last ended, is explained, undone, and agrees', async () => {
  const invoice = await invoiced('100.00');
  const file = csv(`09.10.2025;100,00;${invoice.number};R1`, '09.10.2025;-3,50;fees;R2');
  const first = await bring('2025-1', '0.00', file, once('st-1'));
  expect(first).toMatchObject({ status: 200, body: { statements: [{ sequence: 1, lines: 2 }] } });
  expect((await bring('2025-1', '0.00', file, once('st-1'))).body).toEqual(first.body);
  expect(await bring('2025-1', '96.50', file)).toMatchObject(
    refused(409, 'banking.duplicate-statement'),
  );
  expect(await bring('2025-2', '90.00', csv('09.10.2025;1,00;x;R3'))).toMatchObject(
    refused(409, 'banking.not-continued'),
  );
  expect(await bring('2025-2', '96.50', csv('09.10.2025;eins;x;R3'))).toMatchObject(
    refused(400, 'banking.unreadable'),
  );
  const proposals = rowsOf(await books.read(path('proposals')));
  expect(proposals[0]).toMatchObject({
    isExact: true,
    parts: [{ kind: 'items', side: 'receivable' }],
  });
  const lines = await waiting();
  const [paid, fees] = [lineOf(lines, invoice.number), lineOf(lines, 'fees')];
  expect(await match(fees, [{ kind: 'account', amount: '-3.00' }])).toMatchObject(
    refused(400, 'banking.totals-differ'),
  );
  expect((await match(fees, [{ kind: 'account', amount: '-3.50' }])).status).toBe(200);
  const parts = [
    {
      kind: 'items',
      side: 'receivable',
      party: customer,
      amount: '100.00',
      items: [{ item: invoice.item, amount: '100.00' }],
    },
  ];
  const matched = await match(paid, parts, once('m-1'));
  expect((await match(paid, parts, once('m-1'))).body).toEqual(matched.body);
  expect(await match(paid, parts)).toMatchObject(refused(409, 'banking.already-matched'));
  expect((await books.read(`receivables/${invoice.item}`)).body).toMatchObject({
    item: { open: '0.00' },
  });
  expect((await books.read(`bank-matches/${idOf(matched)}`)).body).toMatchObject({
    line: paid,
    parts: [{ kind: 'items', amount: '100.00', documentNumber: 'BP-2025-000001' }],
  });
  expect((await books.read(path(`reconciliation?on=${TODAY}`))).body).toMatchObject({
    bankBalance: '96.50',
    ledgerBalance: '96.50',
    clearing: { unmatched: { count: 0 } },
  });
  const [payment = ''] = await flowOf('customer-invoice', invoice.id, 'bank-payment');
  expect(await flowOf('bank-payment', payment, 'bank-statement')).toHaveLength(1);
  expect(await flowOf('bank-payment', payment, 'journal-entry')).toHaveLength(1);
  const undo = () => books.post(`bank-matches/${idOf(matched)}/undo`, { on: TODAY });
  expect((await undo()).status).toBe(200);
  // The payment is posted back, and the statement tells of it no more.
  expect(await flowOf('bank-payment', payment, 'bank-statement')).toEqual([]);
  expect(await flowOf('bank-payment', payment, 'journal-entry')).toHaveLength(2);
  expect(await undo()).toMatchObject(refused(409, 'banking.already-undone'));
  expect((await books.read(`receivables/${invoice.item}`)).body).toMatchObject({
    item: { open: '100.00' },
  });
  expect((await waiting()).map(({ id }) => id)).toEqual([paid]);
});

test('a payment that was posted before is ticked off, and lines are read in the order asked for', async () => {
  const { item } = await invoiced('40.00');
  await books.post('customer-payments', {
    customer,
    paidOn: TODAY,
    bankAccount: 'HAUS',
    currency: 'EUR',
    amount: '40.00',
    parts: [{ item, amount: '40.00' }],
  });
  const file = csv('10.10.2025;40,00;kiosk;R4', '10.10.2025;7,00;interest;R5');
  expect((await bring('2025-2', '96.50', file)).status).toBe(200);
  const line = lineOf(await waiting(), 'kiosk');
  const [proposal] = rowsOf(await books.read(path(`proposals?line=${line}`)));
  expect(proposal).toMatchObject({ parts: [{ kind: 'booked' }] });
  expect((await match(line, Object(proposal?.['parts']) as object[])).status).toBe(200);
  const sorted = rowsOf(await books.read(path('lines?sort=-amount&limit=2')));
  expect(sorted.map(({ amount }) => amount)).toEqual(['100.00', '40.00']);
  const page = await books.read(path('statements?limit=1'));
  expect(rowsOf(page)).toMatchObject([{ reference: '2025-2', opening: '96.50' }]);
  const rest = await books.read(path(`statements?limit=1&after=${String(page.body['next'])}`));
  expect(rowsOf(rest)).toMatchObject([{ reference: '2025-1' }]);
});

test('a CAMT.053 file is read as data: no document type, nothing that is none, and not too much', async () => {
  const camt = (file: string) => books.post('bank-statements', { format: 'camt.053', file });
  const entity = '<!DOCTYPE x [<!ENTITY a "b">]><Document>&a;</Document>';
  for (const file of [entity, '<Document>', 'no file', '<html/>']) {
    expect(await camt(file)).toMatchObject(refused(400, 'banking.unreadable'));
  }
  expect(await camt('')).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await camt('x'.repeat(16_000_001))).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await camt('x'.repeat(24_000_001))).toMatchObject(refused(413, 'api.body-too-large'));
  const other = await books.post('parties', { role: 'customer', name: 'x'.repeat(1_100_000) });
  expect(other).toMatchObject(refused(413, 'api.body-too-large')); // Elsewhere as before.
});

test('another legal entity sees and touches none of it', async () => {
  const [line] = await waiting();
  for (const what of ['lines', 'statements', 'proposals', `reconciliation?on=${TODAY}`]) {
    expect(await books.ask('GET', `${there}/own-bank-accounts/${account}/${what}`)).toMatchObject(
      refused(404, 'api.no-such-record'),
    );
  }
  const body = { parts: [{ kind: 'account', amount: '100.00' }] };
  const matched = `${there}/bank-statement-lines/${String(line?.['id'])}/match`;
  expect(await books.ask('POST', matched, body)).toMatchObject(
    refused(404, 'banking.no-such-line'),
  );
  const nowhere = '/v1/erp/legal-entities/XX/bank-statements';
  const statement = { format: 'camt.053', file: 'x' };
  expect(await books.ask('POST', nowhere, statement)).toMatchObject(
    refused(404, 'api.no-such-record'),
  );
});

test('a transfer is posted once, listed, shown with what became of it, and taken back once', async () => {
  const second = await books.post(
    'own-bank-accounts',
    ours({ code: 'GIRO', iban: 'AT611904300234573201', ledgerAccount: '1401' }),
  );
  const draft = { from: account, to: idOf(second), on: TODAY, amount: '30.00' };
  const first = await books.post('bank-transfers', draft, once('bt-1'));
  expect(first).toMatchObject({ status: 200, body: { number: 'BT-2025-000001' } });
  expect((await books.post('bank-transfers', draft, once('bt-1'))).body).toEqual(first.body);
  const other = { ...draft, amount: '31.00' };
  expect(await books.post('bank-transfers', other, once('bt-1'))).toMatchObject(
    refused(409, 'company.key-reused'),
  );
  expect((await books.post('bank-transfers', other)).body).toMatchObject({
    number: 'BT-2025-000002',
  });
  const refusedFor = async (more: object, status: number, code: string) =>
    expect(await books.post('bank-transfers', { ...draft, ...more })).toMatchObject(
      refused(status, code),
    );
  await refusedFor({ to: account }, 400, 'banking.same-account');
  expect((await books.post('bank-transfers', { ...draft, to: account })).body).toMatchObject({
    problems: [
      {
        field: 'to',
        reason: 'account HAUS is named at both ends: choose another one for the money to go to',
      },
    ],
  });
  await refusedFor({ to: 'ba_none' }, 404, 'banking.no-such-account');
  const theirs = await books.ask('POST', `${there}/own-bank-accounts`, ours());
  await refusedFor({ to: idOf(theirs) }, 404, 'banking.no-such-account');
  await refusedFor({ amount: '0.00' }, 400, 'banking.bad-amount');
  await refusedFor({ amount: 'much' }, 400, 'api.invalid-request');
  await refusedFor({ on: '2031-01-01' }, 409, 'banking.journal-refused');
  const listed = async (query: string) =>
    rowsOf(await books.read(`bank-transfers?${query}`)).map(({ amount }) => amount);
  expect(await listed('sort=-amount&status=in-transit')).toEqual(['31.00', '30.00']);
  expect(await listed(`account=${idOf(second)}&number=BT-2025-000001`)).toEqual(['30.00']);
  expect(await listed('status=arrived')).toEqual([]);
  const page = await books.read('bank-transfers?sort=number&limit=1');
  expect(await listed(`sort=number&limit=1&after=${String(page.body['next'])}`)).toEqual(['31.00']);
  const shown = `bank-transfers/${idOf(first)}`;
  expect((await books.read(shown)).body).toMatchObject({
    fromCode: 'HAUS',
    toCode: 'GIRO',
    status: 'in-transit',
    leftLine: null,
  });
  expect(await books.ask('GET', `${there}/${shown}`)).toMatchObject(
    refused(404, 'api.no-such-record'),
  );
  const back = { on: TODAY, reason: 'typed twice' };
  expect(await books.ask('POST', `${there}/${shown}/reverse`, back)).toMatchObject(
    refused(404, 'banking.no-such-transfer'),
  );
  const auditor = await books.someone('auditor');
  expect((await books.post(`${shown}/reverse`, back, auditor)).status).toBe(403);
  expect((await books.post(`${shown}/reverse`, back)).status).toBe(200);
  expect(await books.post(`${shown}/reverse`, back)).toMatchObject(
    refused(409, 'banking.already-reversed'),
  );
  expect((await books.read(shown)).body).toMatchObject({
    status: 'reversed',
    reason: 'typed twice',
  });
});

const MAY: readonly (readonly [Role, readonly number[]])[] = [
  ['controller', [200, 400]],
  ['auditor', [200, 403]],
  ['seller', [403, 403]],
];
test.each(MAY)('a %s reads and imports: %j', async (role, expected) => {
  const who = await books.someone(role);
  const file = { format: 'camt.053', file: 'no file' };
  expect([
    (await books.read('own-bank-accounts', who)).status,
    (await books.post('bank-statements', file, who)).status,
  ]).toEqual(expected);
});
