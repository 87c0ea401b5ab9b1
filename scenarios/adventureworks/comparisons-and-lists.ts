/** Comparisons, shares, averages and lists of records, each with its answer from the CSV files. */
import { largest, sumBy } from './oracle.ts';
import type { LineRow, Oracle } from './oracle.ts';
import {
  between,
  count,
  daysBetween,
  type Expected,
  inYear,
  money,
  type Question,
  total,
  vendorOf,
} from './questions.ts';

const AS_OF = '2025-10-31';

const ratio = (over: bigint, under: bigint): Expected => ({ over, under });
const categoryOf = (line: LineRow): string => (line.category === '' ? 'Unknown' : line.category);
const spendBy = (lines: readonly LineRow[], key: (line: LineRow) => string): Map<string, bigint> =>
  sumBy(lines, key, (line) => line.total);

/** Amounts of two periods side by side, with the change. */
function sideBySide(now: bigint, then: bigint): readonly Expected[] {
  return [money(now), money(then), money(now - then)];
}

const COMPARISONS: readonly Question[] = [
  {
    phrasings: [
      'spend 2024 vs 2023',
      'How did 2024 spend compare to 2023?',
      'Ausgaben 2024 gegenüber 2023',
    ],
    expected: ({ lines }) => {
      const [now, then] = ['2024', '2023'].map((year) => total(lines.filter(inYear(year))));
      if (now === undefined || then === undefined) return [];
      return [[...sideBySide(now, then), ratio(now - then, then)]];
    },
  },
  {
    phrasings: [
      'compare Q1 2025 with Q1 2024 spend by category',
      'spend by category in Q1 2025 versus Q1 2024',
      'Einkaufsvolumen nach Warengruppe Q1 2025 gegenüber Q1 2024',
    ],
    expected: ({ lines }) => {
      const now = spendBy(lines.filter(between('2025-01-01', '2025-03-31')), categoryOf);
      const then = spendBy(lines.filter(between('2024-01-01', '2024-03-31')), categoryOf);
      return [...new Set([...now.keys(), ...then.keys()])].map((key) => [
        key,
        ...sideBySide(now.get(key) ?? 0n, then.get(key) ?? 0n),
      ]);
    },
  },
  {
    phrasings: [
      'top 5 suppliers by spend growth in 2024 vs 2023',
      'which 5 suppliers grew most between 2023 and 2024',
      'Top 5 Lieferanten nach Zuwachs der Ausgaben 2024 gegenüber 2023',
    ],
    ordered: true,
    expected: ({ lines }) => {
      const now = spendBy(lines.filter(inYear('2024')), vendorOf);
      const then = spendBy(lines.filter(inYear('2023')), vendorOf);
      const names = [...new Set([...now.keys(), ...then.keys()])];
      const change = new Map(names.map((n) => [n, (now.get(n) ?? 0n) - (then.get(n) ?? 0n)]));
      return largest(change, 5).map(([name]) => [
        name,
        ...sideBySide(now.get(name) ?? 0n, then.get(name) ?? 0n),
      ]);
    },
  },
  {
    phrasings: [
      'spend with Litware vs Proseware in 2024',
      'compare Litware and Proseware on spend in 2024',
      'Einkaufsvolumen Litware gegen Proseware 2024',
    ],
    expected: ({ lines }) =>
      ['Litware, Inc.', 'Proseware, Inc.'].map((name) => [
        name,
        money(total(lines.filter((l) => l.order.vendor === name).filter(inYear('2024')))),
      ]),
  },
];

const PARTS: readonly Question[] = [
  {
    phrasings: [
      'share of spend by category in 2024',
      'percentage of spend per category in 2024',
      'Anteil der Warengruppen am Einkaufsvolumen 2024',
    ],
    expected: ({ lines }) => {
      const of = lines.filter(inYear('2024'));
      return [...spendBy(of, categoryOf)].map(([name, sum]) => [
        name,
        money(sum),
        ratio(sum, total(of)),
        money(total(of)),
      ]);
    },
  },
  {
    phrasings: [
      'what percent of spend is with Superior Bicycles',
      "Superior Bicycles' share of spend",
      'Wie viel Prozent der Ausgaben entfallen auf Superior Bicycles?',
    ],
    expected: ({ lines }) => {
      const sum = total(lines.filter((l) => l.order.vendor === 'Superior Bicycles'));
      return [['Superior Bicycles', money(sum), ratio(sum, total(lines)), money(total(lines))]];
    },
  },
  {
    phrasings: [
      'average monthly spend in 2024',
      'spend per month on average in 2024',
      'durchschnittliche monatliche Ausgaben 2024',
    ],
    expected: ({ lines }) => {
      const sum = total(lines.filter(inYear('2024')));
      return [[money(sum), ratio(sum, 120_000n), count(12)]];
    },
  },
  {
    phrasings: [
      'approval rate of purchase orders in 2024',
      'what percentage of orders approved in 2024',
      'Genehmigungsquote der Bestellungen 2024',
    ],
    expected: ({ all }) => {
      const of = all.orders.filter((o) => o.orderedOn.startsWith('2024'));
      const approved = of.filter((o) => o.status === '2' || o.status === '4').length;
      const decided = approved + of.filter((o) => o.status === '3').length;
      return [[ratio(BigInt(approved), BigInt(decided))]];
    },
  },
];

/** The day each order was promised: the earliest of its lines. */
function promises({ lines }: Oracle): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const { order, dueOn } of lines) {
    const known = days.get(order.id);
    if (known === undefined || dueOn < known) days.set(order.id, dueOn);
  }
  return days;
}

const LISTS: readonly Question[] = [
  {
    phrasings: [
      'purchase orders in March 2025',
      'orders placed in March 2025',
      'Bestellungen im März 2025',
    ],
    expected: ({ orders }) => [
      [count(orders.filter((o) => o.orderedOn.startsWith('2025-03')).length)],
    ],
  },
  {
    phrasings: [
      'list rejected purchase orders in 2025',
      'which orders were rejected in 2025',
      'abgelehnte Bestellungen 2025 auflisten',
    ],
    expected: ({ all }) =>
      all.orders
        .filter((o) => o.status === '3' && o.orderedOn.startsWith('2025'))
        .map((o) => [o.id, o.vendor, o.orderedOn, money(o.subTotal)]),
  },
  {
    phrasings: [
      'last order of Proseware',
      'when did we last order from Proseware?',
      'letzte Bestellung bei Proseware',
    ],
    expected: ({ orders }) => {
      const of = orders.filter((o) => o.vendor === 'Proseware, Inc.');
      const last = of
        .map((o) => o.orderedOn)
        .toSorted()
        .at(-1);
      return of
        .filter((o) => o.orderedOn === last)
        .map((o) => [o.id, o.orderedOn, money(o.subTotal)]);
    },
  },
  {
    phrasings: [
      'suppliers without orders in 2024',
      'vendors we did not buy from in 2024',
      'Lieferanten ohne Bestellungen 2024',
    ],
    expected: ({ vendors, orders }) => {
      const used = new Set(
        orders.filter((o) => o.orderedOn.startsWith('2024')).map((o) => o.vendor),
      );
      return vendors
        .filter(({ name }) => !used.has(name))
        .map(({ name }) => [name, count(1), count(0)]);
    },
  },
  {
    phrasings: [
      'list all active vendors',
      'list active suppliers',
      'Liste der aktiven Lieferanten',
    ],
    expected: ({ vendors }) =>
      vendors.filter(({ active }) => active).map(({ name }) => [name, count(1)]),
  },
  {
    phrasings: [
      'how many suppliers are there',
      'how many vendors do we have on file',
      'Wie viele Lieferanten gibt es?',
    ],
    expected: ({ vendors }) => [[count(vendors.length)]],
  },
  {
    phrasings: [
      'what did we buy from Vision Cycles in 2024',
      'which items did we buy from Vision Cycles in 2024',
      'Was haben wir 2024 bei Vision Cycles gekauft?',
    ],
    expected: ({ lines }) => {
      const of = lines
        .filter((l) => l.order.vendor === 'Vision Cycles, Inc.')
        .filter(inYear('2024'));
      const units = sumBy(
        of,
        (l) => l.product,
        (l) => l.quantity,
      );
      return [...spendBy(of, (l) => l.product)].map(([name, sum]) => [
        name,
        money(sum),
        ratio(units.get(name) ?? 0n, 1n),
      ]);
    },
  },
];

const AGREED: readonly Question[] = [
  {
    phrasings: [
      'cheapest supplier for Minipump',
      'who is the cheapest vendor for Minipump',
      'günstigster Lieferant für Minipump',
    ],
    expected: ({ agreements }) => {
      const of = agreements.filter((a) => a.product === 'Minipump');
      const least = of.map((a) => a.price).reduce((low, price) => (price < low ? price : low));
      return of.filter((a) => a.price === least).map((a) => [a.vendor, money(a.price)]);
    },
  },
  {
    phrasings: [
      'who supplies Hex Nut 5',
      'which vendors sell us Hex Nut 5?',
      'Wer liefert Hex Nut 5?',
    ],
    expected: ({ agreements }) =>
      agreements.filter((a) => a.product === 'Hex Nut 5').map((a) => [a.vendor, money(a.price)]),
  },
  {
    phrasings: [
      'agreed lead time by supplier',
      'planned lead time per vendor',
      'vereinbarte Lieferzeit je Lieferant',
    ],
    expected: ({ agreements }) =>
      [...new Set(agreements.map((a) => a.vendor))].map((vendor) => {
        const of = agreements.filter((a) => a.vendor === vendor);
        return [
          vendor,
          ratio(
            of.reduce((sum, a) => sum + a.leadTimeDays, 0n),
            BigInt(of.length),
          ),
        ];
      }),
  },
  {
    phrasings: [
      'how many orders were late in 2024',
      'number of late orders in 2024',
      'Wie viele Bestellungen waren 2024 verspätet?',
    ],
    expected: (oracle) => {
      const promised = promises(oracle);
      const late = oracle.orders.filter((o) => {
        const day = promised.get(o.id) ?? '';
        return day.startsWith('2024') && (o.shippedOn === '' ? day < AS_OF : o.shippedOn > day);
      });
      return [[count(late.length)]];
    },
  },
  {
    phrasings: [
      'which orders are open over 30 days',
      'open orders older than 30 days',
      'Welche Bestellungen sind seit mehr als 30 Tagen offen?',
    ],
    expected: ({ lines }) => {
      const open = lines.filter((l) => l.order.status === '2' && l.received < l.quantity * 100n);
      return [...new Set(open.map((l) => l.order))]
        .map((order) => ({ order, days: daysBetween(order.orderedOn, AS_OF) }))
        .filter(({ days }) => days > 30n)
        .map(({ order, days }) => [order.id, order.vendor, order.orderedOn, ratio(days, 1n)]);
    },
  },
];

export const COMPARISONS_AND_LISTS: readonly Question[] = [
  ...COMPARISONS,
  ...PARTS,
  ...LISTS,
  ...AGREED,
];
