import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { systemClock } from '#kernel/time';
import { readTable } from './table.ts';
import type { BroughtFile } from './table.ts';

/** What a file says: how it is written, and its lines; problems by their reason. */
async function said(content: Buffer, more: Partial<BroughtFile> = {}) {
  const stop = AbortSignal.timeout(60_000);
  const read = await readTable({ name: 'a-file', content, ...more }, { clock: systemClock, stop });
  if (!read.ok) return read.reason;
  const { format, headings } = read;
  const lines: unknown[] = [];
  // Twice: whoever asks goes through it once to look and once to book.
  for (let look = 0; look < 2; look += 1) {
    lines.length = 0;
    for await (const { rows, problems } of read.pages()) {
      lines.push(...rows.map(({ line, values }) => [line, ...Object.values(values)]));
      lines.push(...problems.map(({ line, reason }) => [line, reason]));
    }
  }
  return { format, headings, lines, delimiter: read.delimiter, encoding: read.encoding };
}

test('the delimiter and the encoding of text are found out', async () => {
  expect(await said(Buffer.from('a;"b;c"\n1;"x\ny"\n2;z'))).toMatchObject({
    format: 'csv',
    delimiter: ';',
    encoding: 'utf-8',
    headings: ['a', 'b;c'],
    lines: [
      [2, '1', 'x\ny'],
      [4, '2', 'z'],
    ],
  });
  expect(await said(Buffer.from('Straße,Ort\r\nA 1,"Köln, Süd"\r\n', 'latin1'))).toMatchObject({
    delimiter: ',',
    encoding: 'windows-1252',
    headings: ['Straße', 'Ort'],
    lines: [[2, 'A 1', 'Köln, Süd']],
  });
  const marked = Buffer.from('\uFEFFa\tb\n1\t2\n1\t2\t3\n');
  expect(await said(marked)).toMatchObject({
    delimiter: '\t',
    headings: ['a', 'b'],
    lines: [
      [2, '1', '2'],
      [3, 'the line has 3 columns, not 2'],
    ],
  });
});

test('a workbook is told by what it holds, whatever it is called', async () => {
  const day = new Date(Date.UTC(2026, 0, 31));
  const content = await writeExcelFile([
    ['Number', 'Amount', 'Day'],
    [10001, 1234.5, { value: day, type: Date, format: 'dd.mm.yyyy' }],
  ]).toBuffer();
  expect(await said(content)).toMatchObject({
    format: 'xlsx',
    headings: ['Number', 'Amount', 'Day'],
    lines: [[2, '10001', '1234.5', '2026-01-31']],
  });
  expect(await said(content, { sheet: 'Nowhere' })).toContain("there is no sheet 'Nowhere'");
});

test('what cannot be read says why', async () => {
  expect(await said(Buffer.from('PK\u0003\u0004 cut off'))).toContain('this is no workbook');
  expect(await said(Buffer.from(''))).toContain('header');
  expect(await said(Buffer.from('a;a\n1;2\n'))).toContain("names column 'a' twice");
});
