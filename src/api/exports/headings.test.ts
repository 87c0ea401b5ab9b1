import { expect, test } from 'vitest';
import { ALL_EXPORTS } from '../exports.ts';
import { csvPrinter } from '../csv.ts';
import { AMOUNTS, headingOf } from './headings.ts';

test('programs get names, people words, and no two columns of a file are headed alike', () => {
  expect(headingOf('netAmount')).toBe('netAmount');
  expect(headingOf('netAmount', 'en')).toBe('Net amount');
  expect(headingOf('netAmount', 'de')).toBe('Nettobetrag');
  for (const { name, header } of ALL_EXPORTS) {
    const headed = header.map((column) => headingOf(column, 'de'));
    expect([name, new Set(headed).size]).toEqual([name, header.length]);
  }
});

test('a German spreadsheet gets semicolons, and commas in amounts alone', () => {
  const print = csvPrinter(['number', 'netAmount', 'name'], AMOUNTS, 'de');
  expect(print(['4.20', '-1234.50', 'Bolts; nuts'])).toBe('4.20;-1234,50;"Bolts; nuts"\r\n');
  expect(print(['=1', undefined, 'a,b'])).toBe("'=1;;a,b\r\n");
  const plain = csvPrinter(['number', 'netAmount', 'name'], AMOUNTS);
  expect(plain(['4.20', '-1234.50', 'a,b'])).toBe('4.20,-1234.50,"a,b"\r\n');
});
