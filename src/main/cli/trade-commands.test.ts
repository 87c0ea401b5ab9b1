import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from './client.ts';
import { TRADE_LISTS } from './trade-commands.ts';
import type { TradeFilter } from './trade-commands.ts';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a list against an owner who answers with this page; tells what was asked. */
async function list(name: string, page: object, filter: TradeFilter = {}): Promise<unknown[]> {
  const asked: unknown[] = [];
  const call = (route: string, parts: unknown) => {
    asked.push(route, parts);
    return Promise.resolve(page);
  };
  const show = TRADE_LISTS.find(([each]) => each === name)?.[2];
  await show?.(
    { client: { address: '', call: call as Client['call'] }, json: false },
    'DE01',
    filter,
  );
  return asked;
}

const order = { number: 'PO-2026-000001', issuedOn: '2026-03-02', status: 'issued', net: '250.00' };
const item = { documentNumber: 'SI-2026-000001', dueOn: '2026-04-01', party: 'sup_1' };

test('orders are a table that says how to go on, of the supplier asked for', async () => {
  const page = { items: [{ ...order, supplier: 'sup_1', currency: 'EUR' }], next: 'po_1' };
  const asked = await list('purchase-orders', page, { party: 'sup_1', status: 'issued' });
  expect(asked).toEqual([
    'listErpPurchaseOrders',
    { params: { entity: 'DE01' }, query: { supplier: 'sup_1', status: 'issued' } },
  ]);
  expect(printed[2]).toMatch(/PO-2026-000001 +2026-03-02 +issued +sup_1 +250.00 +EUR/);
  expect(printed.at(-1)).toBe('More: --after po_1');
});

test('what lowers what is owed is below zero, and a block is told', async () => {
  const items = [
    { ...item, effect: 'raises', open: '35.70', currency: 'EUR', blocks: ['price'] },
    { ...item, effect: 'lowers', open: '5.00', currency: 'EUR', blocks: [] },
  ];
  const asked = await list('payables', { items }, { status: 'overdue', from: '2026-01-01' });
  expect(asked[1]).toEqual({ params: { entity: 'DE01' }, query: { state: 'overdue' } });
  expect(printed[2]).toMatch(/SI-2026-000001 .* 35.70 +EUR +price/);
  expect(printed[3]).toContain('-5.00');
});

test('payables of a status that there is not are refused, not all shown', async () => {
  await expect(list('payables', { items: [] }, { status: 'paid' })).rejects.toThrow(
    "--status 'paid'",
  );
});

test('a list without documents says so', async () => {
  await list('deliveries', { items: [] }, { status: 'none' });
  expect(printed).toEqual(['(none)']);
});
