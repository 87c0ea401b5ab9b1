/** What stands on a record that an import made holds the import back, and names its line. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { createOwnAccounts } from '#erp/banking';
import type { Result } from '#erp/company';
import { setBudget } from '#erp/ledger/closing';
import {
  addPrices,
  addSupplierItems,
  createAgreements,
  createBoms,
  createPriceLists,
  itemsByNumber,
} from '#erp/items';
import { parkEntries } from '#erp/ledger';
import { partiesByNumber } from '#erp/parties';
import { createWorkOrders } from '#erp/production';
import { createRoutings } from '#erp/production/setup';
import { createProjects } from '#erp/projects';
import { createOrders as buy } from '#erp/purchasing';
import { createRequisitions } from '#erp/purchasing/requisitions';
import { createOrders as sell, steerOrders } from '#erp/sales';
import { createQuotations } from '#erp/sales/quotations';
import { adjustStock, listWarehouses } from '#erp/inventory';
import { createPlans, createSubscriptions } from '#erp/subscriptions';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { bookWhole, context, OPENING, openBench, tryOn, valueOf } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openBench();
});
afterAll(() => database.close());

type Bench = {
  readonly tx: Handle;
  readonly customer: string;
  readonly supplier: string;
  readonly item: string;
  readonly made: string; // Another item, that no import brought here.
  readonly warehouse: string;
};

const first = <T>(results: readonly Result<T>[]): T => {
  const [result] = results;
  assert(result !== undefined, 'what was asked for is answered');
  return valueOf(result);
};
let times = 0;

/** Brings a customer, a supplier and an item, uses them, and says what of each is held. */
async function heldAfter(use: (bench: Bench) => Promise<unknown>): Promise<readonly string[]> {
  times += 1;
  const [customerNumber, supplierNumber, number] = [`C${times}`, `S${times}`, `I${times}`];
  const files = [
    [
      'customer',
      await bookWhole(database, 'customers', `Kundennummer;Firma\n${customerNumber};Kiosk`),
    ],
    [
      'supplier',
      await bookWhole(database, 'suppliers', `Lieferantennummer;Firma\n${supplierNumber};Werk`),
    ],
    [
      'item',
      await bookWhole(
        database,
        'items',
        `Artikelnummer;Bezeichnung;Art;Einheit\n${number};Blech;Fertigerzeugnis;Stk`,
      ),
    ],
  ] as const;
  await bookWhole(
    database,
    'items',
    `Artikelnummer;Bezeichnung;Art;Einheit\nM${times};Dose;Fertigerzeugnis;Stk`,
  );
  await transact(database, async (tx) => {
    const { legalEntity } = context;
    const idOf = async (role: 'customer' | 'supplier', key: string) =>
      (await partiesByNumber(tx, { legalEntity, role, numbers: [key] })).get(key)?.id ?? '';
    const items = await itemsByNumber(tx, legalEntity, [number, `M${times}`]);
    const [house] = await listWarehouses(tx, legalEntity);
    await use({
      tx,
      customer: await idOf('customer', customerNumber),
      supplier: await idOf('supplier', supplierNumber),
      item: items.get(number)?.id ?? '',
      made: items.get(`M${times}`)?.id ?? '',
      warehouse: house?.id ?? '',
    });
  });
  const held: string[] = [];
  for (const [name, id] of files) {
    const tried = valueOf(await tryOn(database, id));
    held.push(...tried.held.map(({ code }) => `${name} ${code}`));
  }
  return held;
}

const CUSTOMER = 'customer imports.in-use';
const SUPPLIER = 'supplier imports.in-use';
const ITEM = 'item imports.in-use';
const one = { quantity: decimal('1'), unitPrice: decimal('10') } as const;
const days = { issuedOn: OPENING, validUntil: OPENING } as const;

const USES: readonly (readonly [string, readonly string[], (bench: Bench) => Promise<unknown>])[] =
  [
    ['nothing', [], () => Promise.resolve()],
    [
      'a sales order',
      [CUSTOMER, ITEM],
      async ({ tx, customer, item, warehouse }) =>
        first(
          await sell(tx, context, [{ customer, ...days, lines: [{ item, warehouse, ...one }] }]),
        ),
    ],
    [
      'a sales order that was cancelled',
      [],
      async ({ tx, customer, item, warehouse }) => {
        const draft = { customer, issuedOn: OPENING, lines: [{ item, warehouse, ...one }] };
        const { id } = first(await sell(tx, context, [draft]));
        const step = { id, version: 1, step: 'cancel' } as const;
        first(await steerOrders(tx, context, [step]));
      },
    ],
    [
      'a quotation',
      [CUSTOMER, ITEM],
      async ({ tx, customer, item, warehouse }) =>
        first(
          await createQuotations(tx, context, [
            { customer, ...days, lines: [{ item, warehouse, ...one }] },
          ]),
        ),
    ],
    [
      'a purchase order',
      [SUPPLIER, ITEM],
      async ({ tx, supplier, item, warehouse }) => {
        const draft = { supplier, issuedOn: OPENING, lines: [{ item, warehouse, ...one }] };
        first(await buy(tx, context, [draft]));
      },
    ],
    [
      'a requisition',
      [SUPPLIER, ITEM],
      async ({ tx, supplier, item }) => {
        const line = { item, supplier, quantity: decimal('1'), neededOn: OPENING };
        first(await createRequisitions(tx, context, [{ issuedOn: OPENING, lines: [line] }]));
      },
    ],
    [
      'a bill of material',
      [ITEM],
      async ({ tx, item, made }) => {
        const line = {
          line: '1',
          component: item,
          quantity: decimal('1'),
          scrapPercent: decimal('0'),
        };
        const bill = { item: made, version: '1', baseQuantity: decimal('1'), validFrom: OPENING };
        first(await createBoms(tx, context, [{ ...bill, lines: [line] }]));
      },
    ],
    [
      'an own price',
      [CUSTOMER, ITEM],
      async ({ tx, customer, item }) => {
        const code = `L${times}`;
        const list = { code, name: 'Own', currency: 'EUR', customer, validFrom: OPENING };
        const { id: priceList } = first(await createPriceLists(tx, context, [list]));
        const price = { priceList, item, price: decimal('1'), validFrom: OPENING };
        first(await addPrices(tx, context, [price]));
      },
    ],
    [
      'an agreement',
      [SUPPLIER, ITEM],
      async ({ tx, supplier: party, item }) => {
        const head = {
          side: 'purchase',
          kind: 'price',
          currency: 'EUR',
          validFrom: OPENING,
        } as const;
        const lines = [
          { line: '1', item, price: decimal('1'), priceBase: decimal('1'), tiers: [] },
        ];
        first(await createAgreements(tx, context, [{ ...head, party, lines }]));
      },
    ],
    [
      "a supplier's offer",
      [SUPPLIER, ITEM],
      async ({ tx, supplier, item }) => {
        const offer = { supplier, item, price: decimal('1'), currency: 'EUR', validFrom: OPENING };
        first(await addSupplierItems(tx, context, [offer]));
      },
    ],
    [
      'a work order',
      [ITEM],
      async ({ tx, item, warehouse }) => {
        const plan = { plannedStartOn: OPENING, plannedEndOn: OPENING };
        const draft = { item, warehouse, quantity: decimal('1'), ...plan };
        first(await createWorkOrders(tx, context, [draft]));
      },
    ],
    [
      'a routing',
      [SUPPLIER, ITEM],
      async ({ tx, supplier, item }) => {
        const outside = { kind: 'outside', supplier, unitPrice: decimal('1') } as const;
        const operations = [{ number: 10, name: 'Paint', ...outside }];
        const head = { item, version: '1', baseQuantity: decimal('1'), validFrom: OPENING };
        first(await createRoutings(tx, context, [{ ...head, operations }]));
      },
    ],
    [
      'a subscription',
      [CUSTOMER],
      async ({ tx, customer }) => {
        const prices = [{ currency: 'EUR', unitPrice: decimal('5'), validFrom: OPENING }];
        const plan = { code: `P${times}`, name: 'Basic', intervalMonths: 1, prices };
        const { id } = first(await createPlans(tx, context, [plan]));
        const draft = { customer, plan: id, quantity: decimal('1'), startsOn: OPENING };
        first(await createSubscriptions(tx, context, [draft]));
      },
    ],
    [
      'consignment',
      [SUPPLIER, ITEM],
      async ({ tx, supplier: owner, item, warehouse }) => {
        const stock = { item, warehouse, owner, status: 'consignment', reason: 'left' } as const;
        const line = { ...stock, quantity: decimal('2') };
        const draft = { postedOn: OPENING, text: 'left here', lines: [line] };
        first(await adjustStock(tx, context, [draft]));
      },
    ],
    [
      'a project',
      [CUSTOMER],
      async ({ tx, customer }) => {
        const task = {
          number: '1',
          name: 'Do',
          months: [{ month: OPENING, cost: decimal('0'), revenue: decimal('1') }],
        };
        const plan = { startsOn: OPENING, endsOn: OPENING, tasks: [task] };
        const draft = { name: 'Hall', kind: 'time-and-material', customer, plan } as const;
        first(await createProjects(tx, context, [draft]));
      },
    ],
  ];

test.each(USES)('of records, %s holds back %j', async (_name, held, use) => {
  expect(await heldAfter(use)).toEqual(held);
});

test('an account that a bank, a budget or an entry to come names is in use', async () => {
  const book = (number: string, kind: string): Promise<string> =>
    bookWhole(database, 'accounts', `Konto;Bezeichnung;Art;Bilanzposition\n${number};Neu;${kind}`);
  const codes = async (id: string): Promise<readonly string[]> =>
    valueOf(await tryOn(database, id)).held.map(({ code }) => code);
  const bank = await book('1491', 'Aktiva;cash');
  const clearing = await book('1492', 'Aktiva;cash');
  const budget = await book('6291', 'Aufwand;other-expense');
  const parked = await book('6292', 'Aufwand;other-expense');
  const unused = await book('6293', 'Aufwand;other-expense');
  await transact(database, async (tx) => {
    const account = { code: 'B9', name: 'Bank', currency: 'EUR', accountNumber: '4711' };
    const kept = { ledgerAccount: '1491', clearingAccount: '1492' };
    first(await createOwnAccounts(tx, context, [{ ...account, ...kept }]));
    const version = { version: 'V1', fiscalYear: 2026, title: 'Plan' };
    const lines = [{ account: '6291', period: 1, amount: decimal('5') }];
    valueOf(await setBudget(tx, context, version, lines));
    const { legalEntity } = context;
    const amounts = [
      { account: '6292', amount: decimal('5.00') },
      { account: '1400', amount: decimal('-5.00') },
    ];
    const entry = {
      legalEntity,
      postedOn: OPENING,
      documentOn: OPENING,
      currency: 'EUR',
      text: 'later',
      lines: amounts,
    };
    first(await parkEntries(tx, context, [entry]));
  });
  for (const id of [bank, clearing, budget, parked]) {
    expect(await codes(id)).toEqual(['imports.in-use']);
  }
  expect(await codes(unused)).toEqual([]);
});
