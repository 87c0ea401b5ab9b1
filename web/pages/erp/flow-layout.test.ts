import { expect, test } from 'vitest';
import { flowPicture } from './flow-layout.ts';
import type { FlowRef } from './flow-layout.ts';

const of = (kind: string, number: string): FlowRef => ({ kind, id: number, number });
const order = of('sales-order', 'SO-1');
const invoice = of('customer-invoice', 'CI-1');
const payment = of('customer-payment', 'CP-1');
const deliveries = [of('delivery', 'DN-1'), of('delivery', 'DN-2')];
const entry = (number: string) => of('journal-entry', number);
const LINKS = [
  ...deliveries.map((to) => ({ from: order, to })),
  ...deliveries.map((from) => ({ from, to: entry(`JE-${from.number}`) })),
  { from: order, to: invoice },
  { from: invoice, to: entry('JE-CI') },
  { from: invoice, to: payment },
];
const placeOf = (number: string, shown = order) =>
  flowPicture(LINKS, shown).nodes.find((node) => node.number === number);

test('documents stand in the order of business, the same kinds below each other', () => {
  const { nodes } = flowPicture(LINKS, order);
  expect(nodes.map(({ number }) => number)).toEqual(['SO-1', 'DN-1', 'DN-2', 'CI-1', 'CP-1']);
  const lefts = nodes.map(({ left }) => left);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  expect(new Set(lefts).size).toBe(4);
});

test('each says what it came of and what it was booked as', () => {
  expect(placeOf('CI-1')).toMatchObject({ cameOf: ['SO-1'], entries: [{ number: 'JE-CI' }] });
  expect(placeOf('SO-1')).toMatchObject({ cameOf: [], entries: [] });
});

test('nothing covers anything, also where a line passes a column', () => {
  const { nodes, lines, height } = flowPicture(LINKS, order);
  const first = nodes.find(({ number }) => number === 'DN-1');
  expect(first?.top).toBeGreaterThan(0); // The line from the order to its invoice goes above it.
  expect(lines).toHaveLength(6); // To two deliveries, three for the one that passes them, the payment's.
  const inColumn = nodes.filter(({ left }) => left === first?.left);
  const [upper, lower] = inColumn.toSorted((a, b) => a.top - b.top);
  expect((upper?.top ?? 0) + (upper?.height ?? 0)).toBeLessThan(lower?.top ?? 0);
  expect(height).toBeGreaterThan((lower?.top ?? 0) + (lower?.height ?? 0) - 1);
});

test('a journal entry shows the document that it books', () => {
  expect(flowPicture(LINKS, entry('JE-CI')).nodes).toHaveLength(5);
});

test('of very many, those that the shown one hangs together with are drawn', () => {
  const run = Array.from({ length: 40 }, (_, at) => of('customer-invoice', `CI-${at + 10}`));
  const links = [...run, invoice].map((from) => ({ from, to: payment }));
  const picture = flowPicture(links, invoice);
  expect(picture.nodes.map(({ number }) => number)).toContain('CI-1');
  expect(picture.nodes).toHaveLength(13);
  expect(picture.leftOut).toBe(29);
});

test('a document that nothing came of stands alone; a circle ends', () => {
  expect(flowPicture([], order).nodes).toMatchObject([{ number: 'SO-1', left: 0, top: 0 }]);
  const circle = [
    { from: order, to: invoice },
    { from: invoice, to: order },
  ];
  expect(flowPicture(circle, order).nodes).toHaveLength(2);
});
