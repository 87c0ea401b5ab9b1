import type { LoggedChange } from '#warehouse';

type Line = {
  readonly item?: string;
  readonly quantity: string;
  readonly price: string;
  readonly net: string;
  readonly received?: string;
  readonly rejected?: string;
  readonly promisedOn?: string;
  readonly cancelled?: boolean;
  readonly finalReceipt?: boolean;
  readonly unit?: string;
};
type Order = {
  readonly number: string;
  readonly supplier: string;
  readonly status: string;
  readonly issuedOn: string;
  readonly kind?: string;
  readonly shippedOn?: string;
  readonly currency?: string;
  readonly net: string;
  readonly tax?: string;
  readonly freight?: string;
  readonly gross?: string;
  readonly lines: readonly Line[];
};

/** Orders of a small company with one of every trap: each status, a return, a cancelled line. */
export const EXAMPLE_ORDERS: readonly Order[] = [
  {
    number: '1',
    supplier: 'a',
    status: 'received',
    issuedOn: '2024-02-10',
    shippedOn: '2024-02-17',
    net: '100.50',
    tax: '8.04',
    freight: '2.50',
    gross: '111.04',
    lines: [
      {
        item: 'bolt',
        quantity: '10',
        price: '5.05',
        net: '50.50',
        received: '10',
        rejected: '1',
        promisedOn: '2024-02-20',
      },
      {
        item: 'nut',
        quantity: '20',
        price: '2.5',
        net: '50',
        received: '20',
        promisedOn: '2024-02-15',
      },
    ],
  },
  {
    number: '2',
    supplier: 'a',
    status: 'partly-received',
    issuedOn: '2025-02-10',
    shippedOn: '2025-02-14',
    net: '330',
    tax: '26.4',
    freight: '3.3',
    gross: '359.7',
    lines: [
      {
        item: 'bolt',
        quantity: '30',
        price: '5',
        net: '150',
        received: '12',
        rejected: '3',
        promisedOn: '2025-03-01',
      },
      {
        item: 'frame',
        quantity: '1',
        price: '100',
        net: '100',
        received: '0',
        promisedOn: '2025-03-01',
        cancelled: true,
      },
      {
        item: 'nut',
        quantity: '40',
        price: '2',
        net: '80',
        received: '30',
        promisedOn: '2025-03-05',
        finalReceipt: true,
      },
    ],
  },
  {
    number: '3',
    supplier: 'b',
    status: 'issued',
    issuedOn: '2025-03-03',
    net: '210',
    tax: '0',
    freight: '5',
    gross: '215',
    lines: [{ item: 'frame', quantity: '2', price: '105', net: '210', promisedOn: '2025-04-01' }],
  },
  {
    number: '4',
    supplier: 'b',
    status: 'closed',
    issuedOn: '2025-06-20',
    shippedOn: '2025-06-25',
    net: '60',
    tax: '1',
    freight: '1',
    gross: '62',
    kind: 'blanket-release',
    lines: [
      {
        item: 'bolt',
        quantity: '10',
        price: '6',
        net: '60',
        received: '11',
        promisedOn: '2025-07-10',
      },
      { item: 'nut', quantity: '5', price: '0', net: '0', received: '5' },
    ],
  },
  {
    number: '5',
    supplier: 'a',
    status: 'closed',
    issuedOn: '2025-06-21',
    kind: 'return',
    net: '25',
    tax: '2',
    freight: '0',
    gross: '27',
    lines: [
      {
        item: 'bolt',
        quantity: '5',
        price: '5',
        net: '25',
        received: '5',
        promisedOn: '2025-06-22',
      },
    ],
  },
  {
    number: '6',
    supplier: 'b',
    status: 'received',
    issuedOn: '2025-05-05',
    shippedOn: '2025-05-06',
    net: '40',
    tax: '0',
    freight: '0',
    gross: '40',
    lines: [{ quantity: '1', price: '40', net: '40', received: '1', promisedOn: '2025-05-06' }],
  },
  ...['draft', 'awaiting-approval', 'cancelled', 'rejected'].map((status, at) => ({
    number: `${7 + at}`,
    supplier: 'c',
    status,
    issuedOn: '2025-01-15',
    net: '1000',
    tax: '9',
    freight: '9',
    gross: '1018',
    lines: [{ item: 'frame', quantity: '10', price: '100', net: '1000', promisedOn: '2025-02-01' }],
  })),
  {
    number: '11',
    supplier: 'c',
    status: 'issued',
    issuedOn: '2025-07-15',
    net: '500',
    tax: '5',
    freight: '5',
    gross: '510',
    lines: [{ item: 'frame', quantity: '5', price: '100', net: '500', promisedOn: '2025-08-01' }],
  },
];

const standardPrice = (supplier: string, amount: string): object => ({
  supplier,
  standardPrice: { amount, currency: 'EUR' },
});

/** The company's change log, with these orders. */
export function exampleCompany(orders: readonly Order[] = EXAMPLE_ORDERS): readonly LoggedChange[] {
  const changes: LoggedChange[] = [];
  const put = (kind: LoggedChange['kind'], key: string, after: unknown): void => {
    const source = { integration: 'example', key };
    const position = BigInt(changes.length + 1);
    changes.push({ position, kind, recordId: `${kind}_${key}`, before: undefined, after, source });
  };
  for (const [key, name, country] of [
    ['a', 'Acme', 'US'],
    ['b', 'Bolts & Co', 'DE'],
    ['c', 'Cycle', 'DE'],
  ]) {
    put('supplier', key ?? '', {
      number: key,
      name,
      status: 'active',
      preferred: key === 'a',
      country,
    });
  }
  const items: readonly (readonly [string, readonly string[], readonly object[]])[] = [
    ['bolt', ['Parts', 'Fasteners'], [standardPrice('a', '4.9'), standardPrice('b', '6.1')]],
    ['nut', ['Parts', 'Fasteners'], [standardPrice('a', '2')]],
    ['frame', ['Bikes'], []],
  ];
  for (const [key, categoryPath, supplierItems] of items) {
    put('item', key, {
      number: key,
      name: key,
      kind: 'raw',
      status: 'active',
      baseUnit: 'EA',
      categoryPath,
      supplierItems,
    });
  }
  for (const order of orders) put('purchase-order', order.number, contentOf(order));
  return changes;
}

function contentOf({ net, tax, freight, gross, lines, ...order }: Order): object {
  return {
    kind: 'standard',
    currency: 'EUR',
    ...order,
    netAmount: net,
    taxAmount: tax,
    freightAmount: freight,
    grossAmount: gross,
    shipMethod: 'TRUCK',
    requester: '7',
    lines: lines.map(({ quantity, price, net: amount, unit, ...line }, at) => ({
      received: '0',
      rejected: '0',
      ...line,
      number: String(at + 1),
      ordered: { value: quantity, unit: unit ?? 'EA' },
      unitPrice: price,
      priceBase: '1',
      netAmount: amount,
    })),
  };
}
