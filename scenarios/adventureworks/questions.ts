/** Twenty-five questions a buyer or controller asks of these orders, each said in three ways. */
import { largest, sumBy } from './oracle.ts';
import type { LineRow, Oracle } from './oracle.ts';

/** A cell as the oracle knows it: text, a whole number, or an exact fraction. */
export type Expected = string | { readonly over: bigint; readonly under: bigint };

export type Question = {
  readonly phrasings: readonly [string, string, string];
  /** The rows that must come back, in order when the question asks for a ranking. */
  readonly expected: (oracle: Oracle) => readonly (readonly Expected[])[];
  readonly ordered?: boolean;
};

export const money = (units: bigint): Expected => ({ over: units, under: 10_000n });
export const count = (value: number): Expected => ({ over: BigInt(value), under: 1n });
const hundredths = (units: bigint): Expected => ({ over: units, under: 100n });

export const inYear =
  (year: string) =>
  (line: LineRow): boolean =>
    line.order.orderedOn.startsWith(year);
export const between =
  (from: string, to: string) =>
  (line: LineRow): boolean =>
    line.order.orderedOn >= from && line.order.orderedOn <= to;
export const total = (lines: readonly LineRow[]): bigint =>
  lines.reduce((sum, line) => sum + line.total, 0n);
const distinct = (lines: readonly LineRow[], key: (line: LineRow) => string): number =>
  new Set(lines.map(key)).size;
const pairs = (sums: ReadonlyMap<string, bigint>): (readonly Expected[])[] =>
  [...sums].map(([key, value]) => [key, money(value)]);
export const vendorOf = (line: LineRow): string => line.order.vendor;
const orderOf = (line: LineRow): string => line.order.id;
export const daysBetween = (from: string, to: string): bigint =>
  BigInt(Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
const received = (lines: readonly LineRow[]): bigint =>
  lines.reduce((sum, line) => sum + line.received, 0n);
const rejected = (lines: readonly LineRow[]): bigint =>
  lines.reduce((sum, line) => sum + line.rejected, 0n);

const SPEND: readonly Question[] = [
  {
    phrasings: [
      'top 5 vendors by spend in 2025',
      'Which 5 suppliers did we spend the most with in 2025?',
      'Top 5 Lieferanten nach Einkaufsvolumen 2025',
    ],
    ordered: true,
    expected: ({ lines }) =>
      largest(
        sumBy(lines.filter(inYear('2025')), vendorOf, (l) => l.total),
        5,
      ).map(([name, sum]) => [name, money(sum)]),
  },
  {
    phrasings: [
      'total spend',
      'How much did we spend in total?',
      'Wie hoch ist das Einkaufsvolumen insgesamt?',
    ],
    expected: ({ lines }) => [[money(total(lines))]],
  },
  {
    phrasings: [
      'spend in 2024',
      'how much did we spend in 2024?',
      'What was our purchase spend for 2024?',
    ],
    expected: ({ lines }) => [[money(total(lines.filter(inYear('2024'))))]],
  },
  {
    phrasings: [
      'spend with Proseware, Inc. in 2024',
      'How much did we spend with Proseware in 2024?',
      'Proseware spend 2024',
    ],
    expected: ({ lines }) => [
      [
        money(
          total(lines.filter(inYear('2024')).filter((l) => l.order.vendor === 'Proseware, Inc.')),
        ),
      ],
    ],
  },
  {
    phrasings: [
      'spend by category',
      'Show spend per item category',
      'Einkaufsvolumen nach Warengruppe',
    ],
    expected: ({ lines }) =>
      pairs(
        sumBy(
          lines.filter((l) => l.category !== ''),
          (l) => l.category,
          (l) => l.total,
        ),
      ),
  },
  {
    phrasings: [
      'spend in the first quarter of 2025',
      'How much did we spend in Q1 2025?',
      'Einkaufsvolumen im 1. Quartal 2025',
    ],
    expected: ({ lines }) => [[money(total(lines.filter(between('2025-01-01', '2025-03-31'))))]],
  },
  {
    phrasings: ['spend by year', 'yearly spend', 'Show me spend per year'],
    expected: ({ lines }) =>
      pairs(
        sumBy(
          lines,
          (l) => l.order.orderedOn.slice(0, 4),
          (l) => l.total,
        ),
      ),
  },
  {
    phrasings: [
      'spend by month in 2024',
      'monthly spend for 2024',
      'How did spend develop per month in 2024?',
    ],
    expected: ({ lines }) =>
      pairs(
        sumBy(
          lines.filter(inYear('2024')),
          (l) => l.order.orderedOn.slice(0, 7),
          (l) => l.total,
        ),
      ),
  },
  {
    phrasings: [
      'top 10 items by spend',
      'What are the 10 items with the highest spend?',
      'Which 10 products do we spend the most on?',
    ],
    ordered: true,
    expected: ({ lines }) =>
      largest(
        sumBy(
          lines,
          (l) => l.product,
          (l) => l.total,
        ),
        10,
      ).map(([name, sum]) => [name, money(sum)]),
  },
  {
    phrasings: [
      'bottom 3 vendors by spend in 2025',
      'Which 3 vendors have the lowest spend in 2025?',
      '3 smallest suppliers by spend in 2025',
    ],
    ordered: true,
    expected: ({ lines }) =>
      [...sumBy(lines.filter(inYear('2025')), vendorOf, (l) => l.total)]
        .toSorted(([, a], [, b]) => Number(a > b) - Number(a < b))
        .slice(0, 3)
        .map(([name, sum]) => [name, money(sum)]),
  },
  {
    phrasings: [
      'spend by ship method in 2025',
      'How much did we spend per shipping method in 2025?',
      '2025 spend broken down by ship method',
    ],
    expected: ({ lines }) =>
      pairs(
        sumBy(
          lines.filter(inYear('2025')),
          (l) => l.order.shipMethod,
          (l) => l.total,
        ),
      ),
  },
];

const ORDERS: readonly Question[] = [
  {
    phrasings: [
      'how many purchase orders did we place in 2024?',
      'number of purchase orders in 2024',
      'Anzahl Bestellungen 2024',
    ],
    expected: ({ lines }) => [[count(distinct(lines.filter(inYear('2024')), orderOf))]],
  },
  {
    phrasings: [
      'purchase order count by year',
      'How many POs per year?',
      'number of purchase orders per year',
    ],
    expected: ({ lines }) =>
      [...new Set(lines.map((l) => l.order.orderedOn.slice(0, 4)))].map((year) => [
        year,
        count(distinct(lines.filter(inYear(year)), orderOf)),
      ]),
  },
  {
    phrasings: [
      'average order value in 2025',
      'What is the average purchase order value in 2025?',
      'Durchschnittlicher Bestellwert 2025',
    ],
    expected: ({ lines }) => {
      const of = lines.filter(inYear('2025'));
      return [[{ over: total(of), under: 10_000n * BigInt(distinct(of, orderOf)) }]];
    },
  },
  {
    phrasings: [
      'how many suppliers did we order from?',
      'number of active suppliers',
      'How many vendors do we buy from?',
    ],
    expected: ({ lines }) => [[count(distinct(lines, vendorOf))]],
  },
  {
    phrasings: [
      'top 3 vendors by number of purchase orders',
      'Which 3 suppliers received the most purchase orders?',
      '3 vendors with the most POs',
    ],
    ordered: true,
    expected: ({ orders }) =>
      largest(
        sumBy(
          orders,
          (o) => o.vendor,
          () => 1n,
        ),
        3,
      ).map(([name, n]) => [name, count(Number(n))]),
  },
  {
    phrasings: [
      'open commitments',
      'What have we ordered that has not arrived?',
      'How much is outstanding on open purchase orders?',
    ],
    expected: ({ lines }) => [
      [
        {
          over: lines
            .filter((l) => l.order.status === '2')
            .reduce((sum, l) => {
              const open = l.quantity * 100n - l.received;
              return sum + (open > 0n ? open * l.unitPrice : 0n);
            }, 0n),
          under: 1_000_000n,
        },
      ],
    ],
  },
];

const QUALITY: readonly Question[] = [
  {
    phrasings: [
      'received quantity in 2025',
      'How many units did we receive in 2025?',
      'quantity received 2025',
    ],
    expected: ({ lines }) => [[hundredths(received(lines.filter(inYear('2025'))))]],
  },
  {
    phrasings: [
      'rejected quantity in 2024',
      'How many units were rejected in 2024?',
      'quantity rejected in 2024',
    ],
    expected: ({ lines }) => [[hundredths(rejected(lines.filter(inYear('2024'))))]],
  },
  {
    phrasings: [
      'rejection rate',
      'What is our overall rejection rate?',
      'Wie hoch ist die Rückweisungsquote?',
    ],
    expected: ({ lines }) => [[{ over: rejected(lines), under: received(lines) }]],
  },
  {
    phrasings: [
      'rejection rate by category',
      'What share of received goods was rejected per category?',
      'reject rate per item category',
    ],
    expected: ({ lines }) =>
      [...new Set(lines.map((l) => l.category))]
        .filter((category) => category !== '')
        .map((category) => {
          const of = lines.filter((l) => l.category === category);
          return [category, { over: rejected(of), under: received(of) }];
        }),
  },
];

const TIME_AND_PRICE: readonly Question[] = [
  {
    phrasings: [
      'order to ship days in 2025',
      'How many days from order to shipment on average in 2025?',
      'average order-to-ship time in 2025',
    ],
    expected: ({ orders }) => {
      const of = orders.filter((o) => o.orderedOn.startsWith('2025') && o.shippedOn !== '');
      return [
        [
          {
            over: of.reduce((sum, o) => sum + daysBetween(o.orderedOn, o.shippedOn), 0n),
            under: BigInt(of.length),
          },
        ],
      ];
    },
  },
  {
    phrasings: [
      'shipped on time rate',
      'What percentage of orders shipped on time?',
      'Anteil pünktlich versandter Bestellungen',
    ],
    expected: ({ lines, orders }) => {
      const promised = new Map<string, string>();
      for (const { order, dueOn } of lines) {
        const known = promised.get(order.id);
        if (known === undefined || dueOn < known) promised.set(order.id, dueOn);
      }
      const onTime = orders.filter(
        (o) => o.shippedOn !== '' && o.shippedOn <= (promised.get(o.id) ?? ''),
      );
      return [[{ over: BigInt(onTime.length), under: BigInt(orders.length) }]];
    },
  },
  {
    phrasings: [
      'purchase price variance in 2025',
      'What is our price variance to standard in 2025?',
      'PPV 2025',
    ],
    expected: ({ lines }) => [
      [
        money(
          lines
            .filter(inYear('2025'))
            .reduce(
              (sum, l) =>
                l.standardPrice === undefined
                  ? sum
                  : sum + l.quantity * (l.unitPrice - l.standardPrice),
              0n,
            ),
        ),
      ],
    ],
  },
  {
    phrasings: [
      'which vendors have a rejection rate over 1.5 %',
      'vendors with a rejection rate above 1.5%',
      'suppliers whose reject rate is more than 1.5 percent',
    ],
    expected: ({ lines }) =>
      [...new Set(lines.map(vendorOf))].flatMap((vendor) => {
        const of = lines.filter((l) => l.order.vendor === vendor);
        const rate = { over: rejected(of), under: received(of) };
        return rate.over * 1000n > rate.under * 15n ? [[vendor, rate]] : [];
      }),
  },
];

export const QUESTIONS: readonly Question[] = [...SPEND, ...ORDERS, ...QUALITY, ...TIME_AND_PRICE];

/** Fair questions about a business, none of them about purchasing. */
export const OUTSIDE_PURCHASING: readonly string[] = [
  'Total AR invoice amount by customer for 2024.',
  'What was our net revenue last quarter?',
  'Employee headcount by department',
  'Inventory turns by product category for 2021.',
  'Number of journal entries by month in 2023.',
  'Payroll cost per month in 2024',
  'Which customers have overdue invoices?',
  'Sales order count by sales region for 2023.',
  'What is our gross margin?',
  'Cash balance at the end of last month',
  'Loyalty member count by tier',
  'Machine downtime by work centre',
  'Wie hoch ist unser Umsatz im Jahr 2024?',
  'What is the weather in Berlin?',
];
