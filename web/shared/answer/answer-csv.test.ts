import { expect, test } from 'vitest';
import type { Answer } from '#api-contract';
import { answerCsv } from './answer-csv.ts';

const answer = (rows: Answer['rows']): Answer => ({
  status: 'answered',
  reading: '',
  query: {},
  columns: [
    { name: 'supplier', type: 'text', title: 'Supplier' },
    { name: 'spend', type: 'money', unit: 'USD', title: 'Spend' },
  ],
  rows,
  narrative: '',
  assumptions: [],
  options: [],
  followUps: [],
});

test('figures keep every digit, and names their commas and quotes', () => {
  expect(answerCsv(answer([['Compete, "Inc"', '-1834769.475']]), 'en')).toBe(
    '\uFEFFSupplier,Spend (USD)\r\n"Compete, ""Inc""",-1834769.475\r\n',
  );
});

test('a German spreadsheet reads figures with a comma, and names as they are', () => {
  expect(answerCsv(answer([['1.5', '-1834769.475']]), 'de')).toBe(
    '\uFEFFSupplier;Spend (USD)\r\n1.5;-1834769,475\r\n',
  );
});

test('a name that a spreadsheet would run is only text', () => {
  expect(answerCsv(answer([['=1+1', null]]), 'en')).toContain("'=1+1,\r\n");
});
