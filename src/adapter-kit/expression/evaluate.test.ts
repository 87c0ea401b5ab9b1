import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf } from '#kernel/decimal';
import { printExactJson } from '../exact-json.ts';
import type { Command } from '../write.ts';
import { evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { textAt, valueAt } from './value-at.ts';

const command: Command = {
  operation: 'create-purchase-order',
  reference: 'RIALTO-1',
  payload: {
    supplier: 'S1',
    currency: 'EUR',
    status: 'issued',
    lines: [
      { item: 'I1', price: '0.10', text: null },
      { item: 'I2', price: '1200' },
    ],
  },
  target: { key: 'K1' },
};

const sent = (expression: Expression, of: Command = command): string => {
  const { value, misfits } = evaluate(expression, of);
  expect(misfits).toEqual([]);
  return value === undefined ? 'nothing' : printExactJson(value);
};

test('fields are filled from the payload, our reference and the target; what is absent is left out', () => {
  const expression: Expression = {
    fields: {
      ref: { reference: true },
      vendor: { path: 'supplier' },
      kind: { const: 'NB' },
      of: { target: 'key' },
      version: { target: 'version' },
      none: { path: 'nowhere' },
    },
  };
  expect(sent(expression)).toBe('{"ref":"RIALTO-1","vendor":"S1","kind":"NB","of":"K1"}');
});

test('a list is made of a list: paths stand in its member, and with $. in the payload', () => {
  const expression: Expression = {
    each: 'lines',
    of: {
      fields: {
        item: { path: 'item' },
        price: { path: 'price', as: 'number' },
        currency: { path: '$.currency' },
        text: { path: 'text' },
      },
    },
  };
  expect(sent(expression)).toBe(
    '[{"item":"I1","price":0.10,"currency":"EUR"},{"item":"I2","price":1200,"currency":"EUR"}]',
  );
});

test('words are looked up, joined, and the first that is there is taken', () => {
  const words = { issued: 'OPEN', closed: 2 };
  expect(sent({ path: 'status', lookup: words })).toBe('"OPEN"');
  expect(sent({ path: 'supplier', lookup: words, otherwise: 'OTHER' })).toBe('"OTHER"');
  expect(sent({ join: [{ path: 'supplier' }, { const: 7 }, { path: 'x' }], with: '/' })).toBe(
    '"S1/7"',
  );
  expect(sent({ first: [{ path: 'x' }, { path: 'lines.0.text' }, { const: 'y' }] })).toBe('"y"');
  expect(sent({ first: [{ path: 'x' }] })).toBe('nothing');
  expect(sent({ list: [{ path: 'x' }, { const: null }] })).toBe('[null]');
});

test('what does not fit is told by its place in the payload', () => {
  const expression: Expression = {
    fields: {
      status: { path: 'status', lookup: {} },
      supplier: { path: 'supplier', as: 'number' },
      lines: { each: 'lines', of: { fields: { text: { path: 'text', required: true } } } },
      list: { each: 'supplier', of: { const: 1 } },
    },
  };
  expect(evaluate(expression, command).misfits).toEqual([
    { field: 'status', reason: "the profile has no word for 'issued'" },
    { field: 'supplier', reason: "is no number: 'S1'" },
    { field: 'lines.0.text', reason: 'is needed and not there' },
    { field: 'lines.1.text', reason: 'is needed and not there' },
    { field: 'supplier', reason: 'is no list' },
  ]);
  const { target: _, ...untargeted } = command;
  expect(evaluate({ target: 'key' }, untargeted).misfits).toEqual([
    { field: 'target', reason: 'the operation needs a target' },
  ]);
});

test('any decimal of a payload is sent to the digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12), (units, scale) => {
      const amount = decimalOf(units, scale);
      const one = { ...command, payload: { amount } };
      expect(sent({ path: 'amount', as: 'number' }, one)).toBe(amount);
      expect(sent({ path: 'amount' }, one)).toBe(`"${amount}"`);
    }),
  );
});

test('a path goes through keys, places in lists and keys with dots, and never to a prototype', () => {
  const json = { a: { b: [{ c: '1' }] }, '@odata.nextLink': 'next', '': '2' };
  expect(textAt(json, 'a.b.0.c')).toBe('1');
  expect(textAt(json, '@odata.nextLink')).toBe('next');
  expect(valueAt(json, '')).toBe(json);
  for (const path of ['a.b.1.c', 'a.x.y', 'constructor', '__proto__', 'a.b.length', 'a.toString']) {
    expect(valueAt(json, path)).toBeUndefined();
  }
});
