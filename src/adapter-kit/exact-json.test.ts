import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal } from '#kernel/decimal';
import { NumberLiteral, parseExactJson, printExactJson } from './exact-json.ts';

test('a number keeps every digit it was written with', () => {
  expect(parseExactJson('{"a":12.50,"b":[9007199254740993,-0.10],"c":true,"d":null}')).toEqual({
    a: '12.50',
    b: ['9007199254740993', '-0.10'],
    c: true,
    d: null,
  });
});

test('an exponent is written out', () => {
  expect(parseExactJson('[1e3,1.5E+2,-2.50e1,125e-2,1.25e-4,0e5]')).toEqual([
    '1000',
    '150',
    '-25.0',
    '1.25',
    '0.000125',
    '0',
  ]);
});

test('an exponent beyond any figure stays as written instead of filling the memory', () => {
  expect(parseExactJson('1e999999999')).toBe('1e999999999');
});

test('what is no JSON, or too deep, is nothing', () => {
  expect(parseExactJson('{"a":1')).toBeUndefined();
  expect(parseExactJson('{"a":1.5')).toBeUndefined();
  expect(parseExactJson('')).toBeUndefined();
  expect(parseExactJson('['.repeat(500_000))).toBeUndefined();
  expect(parseExactJson('['.repeat(500_000) + ']'.repeat(500_000))).toBeUndefined();
});

test('any text is JSON, or none, as for JSON.parse', () => {
  const tokens = `{ } [ ] , : "a" "\\\\" "\\"1" " 1 01 - -0 1.5 1. .5 1e3 1e E5 1.5.5 +1 true tru1 null 1:2 \\`;
  const part = fc.constantFrom(' ', ...tokens.split(' '));
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
      const text = parts.join('');
      expect({ text, isJson: parseExactJson(text) !== undefined }).toEqual({
        text,
        isJson: isJson(text),
      });
    }),
    { numRuns: 2_000 },
  );
});

test('what may stand around a number changes nothing of it, and a number is no name', () => {
  const texts = ['{1:2}', '{-1.5 : 2}', '{1\n:2}', '[12:3]', '{"a":1:2}'];
  expect(texts.filter((text) => parseExactJson(text) !== undefined)).toEqual([]);
});

test('of a key that stands twice the last counts, however the numbers are written', () => {
  expect(parseExactJson('{"a":1,"a":2}')).toEqual({ a: '2' });
  expect(parseExactJson('{"a":1.0,"a":2.0}')).toEqual({ a: '2.0' });
});

test('any number anywhere in a document keeps its digits', () => {
  const number = fc
    .tuple(fc.bigInt(), fc.nat(30), fc.constantFrom('', '0'))
    .map(([whole, part, end]) => (part === 0 ? String(whole) : `${whole}.${part}${end}`));
  const space = fc.constantFrom('', ' ', '\n', '\t ');
  const text = fc.constantFrom('"x: 1.5"', '"12:00:00.000Z"', '"[1.5,"', 'true');
  fc.assert(
    fc.property(number, number, space, text, (one, two, gap, other) => {
      const source = `{"a"${gap}:${gap}${one},"b":[${gap}${two}${gap},${other}],"c":${other}}`;
      expect(parseExactJson(source)).toMatchObject({ a: one, b: [two, JSON.parse(other)] });
    }),
  );
});

test('-0 stays as it was written', () => {
  expect(parseExactJson('{"a":-0,"b":[-0.0]}')).toEqual({ a: '-0', b: ['-0.0'] });
});

test('a key named like a prototype is a key and nothing more', () => {
  parseExactJson('{"__proto__":{"polluted":"1"}}');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a number literal is printed digit by digit, text stays text', () => {
  const value = { price: new NumberLiteral('0.10'), text: '0.10', none: undefined, list: [null] };
  expect(printExactJson(value)).toBe('{"price":0.10,"text":"0.10","list":[null]}');
});

test('any decimal printed as a literal is read back to the digit', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(20), (units, scale) => {
      const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
      const at = digits.length - scale;
      const text = `${units < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? '.' : ''}${digits.slice(at)}`;
      const exact = parseDecimal(text);
      if (exact === undefined) return; // Over 38 digits.
      expect(parseExactJson(printExactJson({ x: new NumberLiteral(exact) }))).toEqual({ x: exact });
    }),
  );
});

test('any JSON value without numbers comes back as it was', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(fc.string(), tie('any')),
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as generated above.
      const json = any as Parameters<typeof printExactJson>[0];
      expect(JSON.stringify(parseExactJson(printExactJson(json)))).toBe(JSON.stringify(json));
    }),
  );
});
