/** A company with few goods and partners, so that its people meet at them. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { createLegalEntity, setExchangeRates, setPaymentTerms, STANDARD_TERMS } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { setUnits, STANDARD_UNITS } from '#erp/company/setup';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import { adjustStock, createWarehouses } from '#erp/inventory';
import { createBoms, createItemGroups, createItems } from '#erp/items';
import { createCostCentres, installLedger } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import {
  addBankAccounts,
  createCustomers,
  createSuppliers,
  verifyBankAccounts,
} from '#erp/parties';
import { createRoutings, createWorkCentres } from '#erp/production/setup';
import { setApprovalLimit } from '#erp/purchasing';
import { setWriteOffLimit } from '#erp/receivables';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate, systemClock } from '#kernel/time';
import { money, pieces } from './world.ts';
import type { Founded } from './world.ts';

const FIRST = localDate('2026-01-01');
const founder: ErpContext = { clock: systemClock, by: 'founder', legalEntity: 'DE01' };

const ids = (results: readonly Result<{ readonly id: string }>[]): readonly string[] =>
  results.map((each) => {
    assert(each.ok, JSON.stringify(each));
    return each.value.id;
  });

/** Founds it. */
export const foundCompany = (database: Database): Promise<Founded> =>
  transact(database, async (tx) => {
    await openBooks(tx);
    const warehouses = ids(
      await createWarehouses(tx, founder, [
        { code: 'MAIN', name: 'Main', kind: 'plant' },
        { code: 'SHOP', name: 'Shop', kind: 'store' },
        { code: 'YARD', name: 'Yard', kind: 'store', negativeAllowed: true },
      ]),
    );
    const goods = await makeGoods(tx);
    const partners = await makePartners(tx);
    const stocked = [...goods.goods, goods.lastOne, goods.steel, ...goods.products];
    const opening = warehouses.slice(0, 2).map((warehouse) => ({
      postedOn: FIRST,
      text: 'what is there',
      lines: stocked.map((item) => ({
        item,
        warehouse,
        quantity: pieces(item === goods.lastOne ? 1 : 60),
        unitCost: money(800),
      })),
    }));
    ids(await adjustStock(tx, founder, opening));
    return { ...goods, ...partners, warehouses };
  });

async function openBooks(tx: Handle): Promise<void> {
  const entity = { code: 'DE01', name: 'Muster GmbH', country: 'DE', currency: 'EUR' };
  await createLegalEntity(tx, founder, { ...entity, timeZone: 'Europe/Berlin' });
  await addTaxCodes(tx, 'DE01', standardTaxCodes('DE'));
  await setPaymentTerms(tx, STANDARD_TERMS);
  await setUnits(tx, STANDARD_UNITS);
  await installLedger(tx, founder);
  await createFiscalYear(tx, founder, 2026);
  await setApprovalLimit(tx, 'DE01', money(60_000));
  await setWriteOffLimit(tx, 'DE01', money(100_000));
  const rates = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((month) => ({
    from: 'EUR' as const,
    to: 'USD' as const,
    type: 'spot' as const,
    validOn: localDate(`2026-0${month}-01`),
    rate: decimal(`1.${10 + month}`),
  }));
  await setExchangeRates(tx, rates);
}

async function makeGoods(tx: Handle) {
  await createItemGroups(tx, founder, [
    { code: 'raw', name: 'Raw' },
    { code: 'merchandise', name: 'Merchandise' },
    { code: 'finished', name: 'Finished' },
  ]);
  const good = { kind: 'stock', baseUnit: 'C62', itemGroup: 'merchandise' } as const;
  const product = { kind: 'finished', baseUnit: 'C62', itemGroup: 'finished' } as const;
  const [steel = '', lastOne = '', gear = '', frame = '', numbered = '', ...goods] = ids(
    await createItems(tx, founder, [
      { name: 'Steel', kind: 'raw', baseUnit: 'C62', itemGroup: 'raw' },
      { ...good, name: 'Lamp that many want' },
      { ...product, name: 'Gear', costing: 'standard', standardCost: money(2500) },
      { ...product, name: 'Frame' },
      { ...good, name: 'Motor with a number', serialManaged: true },
      { ...good, name: 'Bolt' },
      { ...good, name: 'Nut', costing: 'fifo' },
      { ...good, name: 'Valve', costing: 'fifo' },
      { ...good, name: 'Pump', costing: 'standard', standardCost: money(1000) },
    ]),
  );
  const products = [gear, frame];
  await makeDesigns(tx, steel, products);
  return { steel, lastOne, numbered, products, goods };
}

async function makeDesigns(tx: Handle, steel: string, products: readonly string[]): Promise<void> {
  const common = { version: '1', baseQuantity: decimal('1'), validFrom: FIRST };
  const none = decimal('0');
  ids(
    await createBoms(
      tx,
      founder,
      products.map((item) => ({
        ...common,
        item,
        lines: [
          { line: '1', component: steel, quantity: pieces(1), scrapPercent: none, operation: '10' },
        ],
      })),
    ),
  );
  await createCostCentres(tx, founder, [
    { code: 'SAW', name: { en: 'Saw', de: 'Säge' }, validFrom: FIRST },
  ]);
  const rate = { validFrom: FIRST, machineRate: money(6000), labourRate: money(3000) };
  const [saw = ''] = ids(
    await createWorkCentres(tx, founder, [
      { code: 'SAW', name: 'Saw', kind: 'machine', costCentre: 'SAW', rates: [rate] },
    ]),
  );
  const inside = { kind: 'inside' as const, workCentre: saw, runSeconds: decimal('60') };
  ids(
    await createRoutings(
      tx,
      founder,
      products.map((item) => ({
        ...common,
        item,
        operations: [
          { ...inside, number: 10, name: 'Saw', setupSeconds: 600 },
          { ...inside, number: 20, name: 'Finish', setupSeconds: 0 },
        ],
      })),
    ),
  );
}

async function makePartners(tx: Handle) {
  const customers = ids(
    await createCustomers(tx, founder, [
      ...Array.from({ length: 8 }, (_, at) => ({
        name: `Customer ${at}`,
        paymentTerms: '2-10-NET30',
      })),
      { name: 'Careful customer', creditLimit: money(2_000_000) },
      { name: 'Poor customer', creditLimit: money(20_000) },
      { name: 'Pump House Inc.', currency: 'USD' },
    ]),
  );
  const suppliers = ids(
    await createSuppliers(tx, founder, [
      ...Array.from({ length: 5 }, (_, at) => ({ name: `Supplier ${at}`, paymentTerms: 'NET30' })),
      { name: 'Bolt Works Inc.', currency: 'USD' },
    ]),
  );
  const account = { iban: 'DE89370400440532013000', holder: 'Supplier', validFrom: FIRST };
  const accounts = ids(
    await addBankAccounts(
      tx,
      founder,
      suppliers.map((party) => ({ ...account, party })),
    ),
  );
  await verifyBankAccounts(tx, { ...founder, by: 'boss' }, accounts);
  const dollars = new Set([customers.at(-1) ?? '', suppliers.at(-1) ?? '']);
  return { customers, suppliers, dollars };
}
