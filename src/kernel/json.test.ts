import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './json.ts';
import type { Json } from './json.ts';

const values = fc.jsonValue().map((value) => value as Json);

test('the order of keys does not show', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), values), (record) => {
      const turned = Object.fromEntries(Object.entries(record).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(record));
    }),
  );
});

test('it is JSON, and means the same', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('an undefined field is no field; null is one', () => {
  expect(canonicalJson({ b: null, a: undefined })).toBe('{"b":null}');
});
