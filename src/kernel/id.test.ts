import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedId, newId, parseId } from './id.ts';

test('the same parts give the same id, and an id reads back', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      const id = derivedId('po', parts);
      expect(derivedId('po', [...parts])).toBe(id);
      expect(parseId('po', id)).toBe(id);
      expect(parseId('item', id)).toBeUndefined();
    }),
  );
});

test('parts are not merely joined: moving a boundary gives another id', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (a, b) => {
      expect(derivedId('po', [a, b])).not.toBe(derivedId('po', ['', a + b]));
      expect(derivedId('po', [a, b])).not.toBe(derivedId('po', [a + b]));
    }),
  );
});

test('a derived id does not change between versions', () => {
  expect(derivedId('supplier', ['adventureworks', 'supplier', '1492'])).toMatchInlineSnapshot(
    `"supplier_4EM5R5G731GX7ZS6J7WNM8V9KG"`,
  );
});

test('a fresh id sorts by the time it was made', () => {
  const earlier = newId('user', 1_700_000_000_000);
  const later = newId('user', 1_700_000_000_001);
  expect(earlier < later).toBe(true);
  expect(parseId('user', later)).toBe(later);
});

test('ids of one instant are well formed, different and in order, however many; none is known before', () => {
  const nowMs = 1_700_000_000_002;
  const ids = Array.from({ length: 70_000 }, () => newId('po', nowMs));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => parseId('po', id) === undefined)).toEqual([]);
  const turns = ids.filter((id, at) => at > 0 && id < (ids[at - 1] ?? ''));
  expect(turns.length).toBeLessThanOrEqual(2); // Beyond 32,768 another run begins.
  newId('po', nowMs + 1);
  expect(newId('po', nowMs).slice(0, 20)).not.toBe(ids.at(-1)?.slice(0, 20));
});

test.each(['po_', 'po_01', 'po_01JU0000000000000000000000', 'PO_01J00000000000000000000000'])(
  "'%s' is no id of an order",
  (text) => expect(parseId('po', text)).toBeUndefined(),
);
