import { expect, test } from 'vitest';
import { csvHeadOf, guessColumns } from './csv-head.ts';

test('the delimiter is the one that parts the first line most, quoted ones left alone', () => {
  expect(csvHeadOf('\uFEFFday;"amount; EUR";text\r\n1;2;3')).toEqual({
    delimiter: ';',
    columns: ['day', 'amount; EUR', 'text'],
  });
  expect(csvHeadOf('"a ""b"" c",d')).toEqual({ delimiter: ',', columns: ['a "b" c', 'd'] });
  expect(csvHeadOf('')).toEqual({ delimiter: ';', columns: [''] });
});

test('columns are found by what banks call them', () => {
  const columns = ['Buchungstag', 'Verwendungszweck', 'Begünstigter', 'IBAN', 'Betrag'];
  expect(guessColumns(columns)).toEqual({
    bookedOn: 'Buchungstag',
    amount: 'Betrag',
    reference: '',
    counterparty: 'Begünstigter',
    counterpartyIban: 'IBAN',
    remittance: 'Verwendungszweck',
  });
});
