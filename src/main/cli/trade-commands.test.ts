import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROUTES } from '#api-contract';
import type { Client } from './client.ts';
import { registerTrade } from './register-trade.ts';
import { TRADE_LISTS } from './trade-commands.ts';
import { partyId } from './trade-list.ts';
import type { TradeFilter } from './trade-list.ts';
import { WORK_LISTS } from './work-commands.ts';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const LISTS = [...TRADE_LISTS, ...WORK_LISTS];
const SUPPLIER = { id: 'sup_1', number: '70019', name: 'Sauer KG', role: 'supplier' };

/** An owner who answers a list with this page, and knows one supplier; tells what was asked. */
function owner(page: object): { client: Client; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = (route: keyof typeof ROUTES, parts: { readonly query?: object }) => {
    ROUTES[route].query.parse(parts.query ?? {}); // As the server reads it.
    asked.push(route, parts);
    const naming = route === 'nameParties' || route === 'listParties';
    return Promise.resolve(naming ? { items: [SUPPLIER] } : page);
  };
  return { client: { address: '', stays: true, call: call as Client['call'] }, asked };
}

async function list(
  name: string,
  page: object,
  filter: TradeFilter = {},
  json = false,
): Promise<unknown[]> {
  const { client, asked } = owner(page);
  await LISTS.find((each) => each.name === name)?.show({ client, json }, 'DE01', filter);
  return asked;
}

const order = { number: 'PO-2026-000001', issuedOn: '2026-03-02', status: 'issued', net: '250.00' };
const item = { documentNumber: 'SI-2026-000001', dueOn: '2026-04-01', party: 'sup_1' };

test('orders name their supplier, and say how to go on; programs get his id', async () => {
  const page = { items: [{ ...order, supplier: 'sup_1', currency: 'EUR' }], next: 'po_1~x' };
  const filter = { party: 'sup_1', status: 'issued' };
  const asked = await list('purchase-orders', page, filter);
  expect(asked).toEqual([
    'listErpPurchaseOrders',
    { params: { entity: 'DE01' }, query: { supplier: 'sup_1', status: 'issued' } },
    'nameParties',
    { params: { entity: 'DE01' }, query: { ids: 'sup_1' } },
  ]);
  expect(printed[2]).toMatch(/PO-2026-000001 +2026-03-02 +issued +70019 Sauer KG +250.00 +EUR/);
  expect(printed.at(-1)).toBe("More: --after 'po_1~x'");
  printed.length = 0;
  expect(await list('purchase-orders', page, filter, true)).toHaveLength(2);
  expect(JSON.parse(printed.join('\n'))).toEqual(page);
});

test('what lowers what is owed is below zero, and a block is told', async () => {
  const items = [
    { ...item, effect: 'raises', open: '35.70', currency: 'EUR', blocks: ['price'] },
    { ...item, effect: 'lowers', open: '5.00', currency: 'EUR', blocks: [] },
  ];
  const asked = await list('payables', { items }, { status: 'overdue' });
  expect(asked[1]).toEqual({ params: { entity: 'DE01' }, query: { state: 'overdue' } });
  expect(printed[2]).toMatch(/SI-2026-000001 .*70019 Sauer KG .* 35.70 +EUR +price/);
  expect(printed[3]).toContain('-5.00');
});

test('a transfer between banks says what leaves one account, and what arrives at the other', async () => {
  const leaves = { number: 'BT-2026-000001', on: '2026-03-02', fromCode: 'MAIN', amount: '500.00' };
  const arrives = { toCode: 'POUNDS', arrivingAmount: '431.20', arrivingCurrency: 'GBP' };
  const page = { items: [{ ...leaves, currency: 'EUR', status: 'in-transit', ...arrives }] };
  const asked = await list('bank-transfers', page, { status: 'in-transit', from: '2026-03-01' });
  expect(asked).toEqual([
    'listBankTransfers',
    { params: { entity: 'DE01' }, query: { status: 'in-transit', from: '2026-03-01' } },
  ]);
  expect(printed[2]).toMatch(
    /BT-2026-000001 +2026-03-02 +in-transit +MAIN +500.00 +EUR +POUNDS +431.20 +GBP/,
  );
  printed.length = 0;
  await list('bank-transfers', page, {}, true);
  expect(JSON.parse(printed.join('\n'))).toEqual(page);
  await expect(list('bank-transfers', page, { status: 'lost' })).rejects.toMatchObject({
    remedy: 'There are: in-transit, arrived, reversed.',
  });
});

test('every status that a list says it knows is one that the server knows; no other is asked for', async () => {
  for (const { name, by } of LISTS) {
    for (const status of by.status?.split(', ') ?? []) await list(name, { items: [] }, { status });
    await list(name, { items: [] }, by.days === true ? { from: '2026-01-01' } : {});
  }
  const unknown = list('payables', { items: [] }, { status: 'paid' });
  await expect(unknown).rejects.toThrow("--status 'paid'");
  await expect(list('supplier-invoices', { items: [] }, { status: 'paid' })).rejects.toMatchObject({
    remedy: 'There are: matched, deviating, not-matched.',
  });
});

test('what a list cannot be narrowed by is refused in words, not left out', async () => {
  const program = new Command();
  registerTrade(program);
  const said: string[] = [];
  for (const erp of program.commands) {
    for (const each of erp.commands) {
      each.exitOverride().configureOutput({ writeErr: (text) => void said.push(text) });
    }
  }
  const asking = ['erp', 'deliveries', '--entity', 'DE01', '--status', 'issued'];
  await expect(program.parseAsync(asking, { from: 'user' })).rejects.toThrow('unknown option');
  expect(said.join('')).toContain("'--status'");
});

test('a party is named by number or id; nobody is refused', async () => {
  const it = { client: owner({}).client, json: false };
  const find = (named: string) => partyId(it, 'DE01', { role: 'supplier', named });
  expect([await find('70019'), await find('sup_1')]).toEqual(['sup_1', 'sup_1']);
  await expect(find('7001')).rejects.toThrow("--party '7001' is no supplier");
});

test('a list without documents says so', async () => {
  await list('deliveries', { items: [] });
  expect(printed).toEqual(['(none)']);
});
