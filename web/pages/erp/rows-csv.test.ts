import { expect, test } from 'vitest';
import { rowsCsv } from './rows-csv.ts';

const PLAIN = { spreadsheet: 'en', headingOf: (name: string) => name } as const;

test('what a row says in one word or figure becomes a cell; lines and lists do not', () => {
  const rows = [
    { number: 'SO-1', net: '684.00', lines: [{ number: 10 }], isFinal: true },
    { number: 'SO-2', net: '-1.5', reason: 'a "late" one, indeed' },
  ];
  expect(rowsCsv(rows, PLAIN)).toBe(
    '\uFEFFnumber,net,isFinal,reason\r\nSO-1,684.00,true,\r\nSO-2,-1.5,,"a ""late"" one, indeed"\r\n',
  );
});

test('what a spreadsheet would run is text, and a figure stays a figure', () => {
  expect(rowsCsv([{ name: '=1+1', net: '-2.50' }], PLAIN)).toBe(
    "\uFEFFname,net\r\n'=1+1,-2.50\r\n",
  );
});

test('in a German spreadsheet figures have a comma; numbers of documents are left alone', () => {
  const rows = [{ number: '4.20', net: '-2.50', text: 'a;b' }];
  const german = { spreadsheet: 'de', headingOf: (name: string) => name.toUpperCase() } as const;
  expect(rowsCsv(rows, german)).toBe('\uFEFFNUMBER;NET;TEXT\r\n4.20;-2,50;"a;b"\r\n');
});
