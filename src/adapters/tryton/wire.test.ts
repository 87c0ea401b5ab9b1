import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson, printExactJson } from '#adapter-kit';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { toldIn, withReceipt, withReference } from './reference.ts';
import { refusalOf } from './refusal.ts';
import { newReference } from './testing/commands.ts';
import { dateValue, fitsFloat, float, isId, momentValue, numeric, plain } from './wire.ts';

const answered = (text: string) => plain(parseExactJson(text) ?? null);

test('what Tryton answers becomes plain, decimals and numbers exactly as they were written', () => {
  const answer = `{"unit_price":{"__class__":"Decimal","decimal":"4.3500"},"quantity":0.1,
    "id":7,"party.":{"id":3,"rec_name":"Acme"},"purchase_date":{"__class__":"date","year":2026,
    "month":3,"day":1},"write_date":{"__class__":"datetime","year":2026,"month":11,"day":21,
    "hour":9,"minute":0,"second":5,"microsecond":42},"active":true,"number":null}`;
  expect(answered(answer)).toEqual({
    unit_price: '4.3500',
    quantity: '0.1',
    id: '7',
    party: { id: '3', rec_name: 'Acme' },
    purchase_date: '2026-03-01',
    write_date: '2026-11-21T09:00:05.000042',
    active: true,
    number: null,
  });
});

test.each([
  ['1E+2', '100'],
  ['1.5E+1', '15'],
  ['-2E-5', '-0.00002'],
  ['0E-8', '0.00000000'],
])("Python's %s is %s", (given, wanted) => {
  expect(plain({ __class__: 'Decimal', decimal: given })).toBe(wanted);
});

test('a day and a moment go out as they came in', () => {
  const moment = '2026-11-21T09:00:05.000042';
  expect(answered(printExactJson(momentValue(moment)))).toBe(moment);
  expect(answered(printExactJson(dateValue(localDate('2026-03-01'))))).toBe('2026-03-01');
});

test('money goes out as a Decimal and a quantity as a literal, digit by digit', () => {
  const amount = fc
    .tuple(fc.integer(), fc.nat({ max: 99_999 }))
    .map(([whole, part]) => decimal(`${whole}.${String(part).padStart(5, '0')}`));
  fc.assert(
    fc.property(amount, (value) => {
      expect(answered(printExactJson(numeric(value)))).toBe(value);
      expect(printExactJson(float(value))).toBe(value);
    }),
  );
});

test('a quantity with more digits than a double keeps does not fit', () => {
  expect(fitsFloat(decimal('123456789012.345'))).toBe(true);
  expect(fitsFloat(decimal('1234567890123.4567'))).toBe(false);
});

test('only what PostgreSQL can have counted is an id', () => {
  expect(['1', '2147483647'].every(isId)).toBe(true);
  expect(['', '0', '01', '-1', '2147483648', '7 or 1=1'].some(isId)).toBe(false);
});

test.each([
  [['UserError', ['A value is required.', '', null]], 'invalid', 'A value is required.'],
  [['UserError', ['You are not allowed to access "Party".', '', null]], 'forbidden', 'access'],
  [['UserError', ['records "9" that don\'t exist anymore.', '', null]], 'not-found', 'exist'],
  [['UserWarning', ['x.done', 'Without origin?', '']], 'invalid', 'asks a person'],
  [['ConcurrencyException', 'Records were modified'], 'conflict', 'modified'],
  [["'nme'", ''], 'invalid', "Tryton failed: 'nme'"],
])('an error within status 200 says why: %j', (error, why, words) => {
  const refusal = refusalOf(error);
  expect(refusal.why).toBe(why);
  expect(refusal.reason).toContain(words);
});

test.each([
  ['DN-4 (RI-01JABCDEFGHJKMNPQRSTVWXYZ0)', 'DN-4'],
  ['ASN-5 (RLT-524A311A1E6E) +(RLT-3E04B52ECFC9)', 'ASN-5'],
  ['(RI-01JABCDEFGHJKMNPQRSTVWXYZ0)', ''],
  ['crate 7 (FRAGILE)', 'crate 7 (FRAGILE)'],
])("of '%s' the other side told '%s'", (text, told) => {
  expect(toldIn(text)).toBe(told);
});

test('what is told comes back, whatever reference is put beside it', () => {
  const text = fc.string({ maxLength: 40 }).map((each) => each.trim());
  fc.assert(
    fc.property(text, (told) => {
      fc.pre(toldIn(told) === told);
      expect(toldIn(withReference(told, newReference()))).toBe(told);
      expect(toldIn(withReceipt(withReference(told, newReference()), newReference()))).toBe(told);
    }),
  );
});
