import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePack } from '../load-pack.ts';
import { TEST_PACK } from '../testing.ts';
import { compile } from './compile.ts';
import type { Row } from './document.ts';
import type { Expression } from './expression.ts';
import { compileMapping } from './map-document.ts';
import { planOf } from './plan.ts';

const cell = fc.oneof(
  fc.constantFrom(null, '', ' ', '1', '-0', '1.5', '2025-02-30', '2025-01-31', '9'.repeat(40)),
  fc.string({ unit: 'binary' }),
);
const row: fc.Arbitrary<Row> = fc.record({
  file: fc.constant('orders.csv'),
  line: fc.nat(),
  cells: fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 3 }),
});

test('mapping never throws, whatever the rows hold', () => {
  for (const mapping of TEST_PACK.mappings) {
    const map = compileMapping(planOf(TEST_PACK, mapping));
    fc.assert(
      fc.property(
        row,
        fc.array(fc.array(row, { maxLength: 3 }), { maxLength: 2 }),
        (header, children) => {
          const mapped = map({ header, children });
          expect(['record', 'left-out', 'problems']).toContain(mapped.kind);
        },
      ),
    );
  }
});

test('each operation reads what it should and says what it cannot', () => {
  const [orders] = TEST_PACK.mappings.filter(({ kind }) => kind === 'purchase-order');
  if (orders === undefined) throw new Error('the test pack has orders');
  const value = (expression: Expression, text: string | null): unknown => {
    const fields = { ...orders.fields, number: { column: 'id' } };
    const plan = planOf(TEST_PACK, { ...orders, fields });
    const header = { file: 'orders.csv', line: 1, cells: [[text, null, null, null]] };
    return compile(
      plan,
      expression,
    )({
      document: { header, children: [[]] },
      row: header,
      position: 1,
    });
  };
  const id = { column: 'id' };
  expect(value({ op: 'date', of: id }, '2025-01-31T10:00:00Z')).toBe('2025-01-31');
  expect(value({ op: 'date', of: id }, '2025-02-30')).toMatchObject({
    problem: { line: 1, column: 'id', value: '2025-02-30' },
  });
  expect(value({ op: 'decimal', of: id }, ' 001.50 ')).toBe('1.50');
  expect(value({ op: 'multiply', of: [id, { const: '0.1' }] }, '0.1')).toBe('0.01');
  expect(value({ op: 'integer', of: id }, '1.5')).toMatchObject({ problem: { value: '1.5' } });
  expect(value({ op: 'attempt', of: { op: 'integer', of: id }, else: { const: 0 } }, 'x')).toBe(0);
  expect(value({ op: 'boolean', of: id, true: ['J'], false: ['N'] }, 'N')).toBe(false);
  expect(value({ op: 'lookup', of: id, table: { a: 'b' }, default: 'c' }, 'x')).toBe('c');
  expect(value({ op: 'lookup', of: id, table: { a: 'b' } }, 'x')).toMatchObject({
    problem: { reason: "is not in the mapping's table: known are a" },
  });
  expect(value({ op: 'concat', of: [id, { const: 'z' }], with: '-' }, 'a')).toBe('a-z');
  expect(value({ op: 'money', of: id, currency: { const: 'EUR' } }, '5')).toEqual({
    amount: '5',
    currency: 'EUR',
  });
  expect(value({ op: 'coalesce', of: [id, { const: 'none' }] }, '  ')).toBe('none');
  const above: Expression = {
    op: 'when',
    // oxlint-disable-next-line unicorn/no-thenable -- data, never awaited.
    cases: [{ if: { above: [id, { const: '9' }] }, then: { const: 'many' } }],
    else: { const: 'few' },
  };
  expect([value(above, '10'), value(above, '9.0')]).toEqual(['many', 'few']);
});

test('a mapping that names a column that is not there is refused, with those that are', () => {
  const [supplier] = TEST_PACK.mappings;
  const mapping = { ...supplier, fields: { ...supplier?.fields, name: { column: 'nmae' } } };
  expect(() => parsePack('own', { ...TEST_PACK, mappings: [mapping] })).toThrow(
    "vendors has no column 'nmae'",
  );
});
