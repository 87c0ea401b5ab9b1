import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { formatOfCode, isoOfSerial } from './excel/date.ts';
import { decimalText } from './excel/number.ts';
import { openStrings } from './excel/strings.ts';
import { cellsOf, connectOne, pagesOf, problemsOf, sheetOf, zipOf } from './testing.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);
const excel = { format: 'excel', headerRow: 1 } as const;
const columns = ['number', 'supplier', 'ordered on', 'price', 'open', 'note'];
const golden = async (name: string): Promise<Buffer> =>
  await readFile(join(import.meta.dirname, 'golden', name));
const HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';

describe('a sheet is read as its cells show it', () => {
  test('one that openpyxl wrote: dates, noise of binary fractions, rich text, line breaks', async () => {
    const adapter = await connectOne(await golden('openpyxl.xlsx'), {
      ...excel,
      headerRow: 3,
      sheet: 'orders',
      columns,
    });
    const pages = await pagesOf(adapter);
    expect(problemsOf(pages)).toEqual([]);
    expect(cellsOf(pages)).toEqual([
      ['PO-1', 'V 10', '2026-11-03', '1.1', 'true', 'first\nline'],
      ['PO-2', 'V 11', '2026-11-04T13:30:15', '0.3', 'false', 'plain bold'],
      ['PO-3', 'Grüße & <Söhne>', '1900-02-28', '12345678901234.5', 'true', null],
      ['PO-4', 'V 13', '2026-12-31', '-0.0000001', 'false', '\r'],
    ]);
    expect(pages[0]?.rows.map(({ line }) => line)).toEqual([4, 5, 6, 8]);
  });

  test('one that XlsxWriter wrote: days from 1904, formulas, an error, times', async () => {
    const adapter = await connectOne(await golden('xlsxwriter.xlsx'), { ...excel, columns });
    const pages = await pagesOf(adapter);
    expect(cellsOf(pages)).toEqual([
      ['PO-1', 'V 10', '2026-11-03', '3.3', 'true', '06:05:00'],
      ['PO-3', 'V 12', '2026-11-05', 'ab', null, '36:00:00'],
    ]);
    expect(problemsOf(pages)).toEqual([
      {
        file: 'rows',
        line: 3,
        column: 'price',
        value: '#DIV/0!',
        reason: 'the cell D3 holds the error #DIV/0!',
        said: { code: 'file.cell-error', slots: { cell: 'D3', error: '#DIV/0!' } },
        raw: 'PO-2\tV 11\t1904-01-01\t#DIV/0!\tfalse\t36:00:00',
        cells: ['PO-2', 'V 11', '1904-01-01', null, 'false', '36:00:00'],
      },
    ]);
  });

  test('what another library wrote is read back equal', async () => {
    const text = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 });
    const number = fc.integer({ min: -9_999_999, max: 9_999_999 });
    const row = fc.tuple(
      text.filter((one) => /^[ -~]*$/.test(one) && !/_x[0-9a-f]{4}_/i.test(one) && !(one in {})),
      fc.tuple(number, fc.integer({ min: 0, max: 4 })),
      fc.boolean(),
      fc.date({ min: new Date('1904-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (table) => {
        const sheet = table.map(([name, [digits, scale], flag, at]) => [
          { value: name, type: String },
          { value: digits / 10 ** scale, type: Number },
          { value: flag, type: Boolean },
          { value: dayOf(at), type: Date, format: 'yyyy-mm-dd' },
        ]);
        const file = await writeExcelFile([['a', 'b', 'c', 'd'], ...sheet]).toBuffer();
        const adapter = await connectOne(file, { ...excel, columns: ['a', 'b', 'c', 'd'] });
        expect(cellsOf(await pagesOf(adapter))).toEqual(
          table.map(([name, [digits, scale], flag, at]) => [
            name,
            String(digits / 10 ** scale),
            String(flag),
            dayOf(at).toISOString().slice(0, 10),
          ]),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('without a header, columns stand from A on, and rows begin where the layout says', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>title</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>';
    const adapter = await connectOne(await sheetOf(rows), { format: 'excel', firstRow: 2 });
    expect(cellsOf(await pagesOf(adapter))).toEqual([['1', '2']]);
  });

  test('resuming from any page yields the rest only', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, at) => `<row r="${at + 2}"><c r="A${at + 2}"><v>${at}</v></c></row>`,
    );
    const adapter = await connectOne(await sheetOf(HEADER + rows.join('')), excel, {
      pageRowsMax: 7,
    });
    const pages = await pagesOf(adapter);
    expect(cellsOf(pages)).toHaveLength(50);
    for (const [at, { next }] of pages.entries()) {
      expect(await pagesOf(adapter, next)).toEqual(pages.slice(at + 1));
    }
  });
});

describe('what is no row of a sheet is told with its cell, and the rest goes on', () => {
  test.each([
    ['an error', '<c r="A2" t="e"><v>#N/A</v></c>', 'A2 holds the error #N/A'],
    ['a formula without its result', '<c r="B2"><f>A1</f></c>', 'B2 has a formula'],
    ['a shared text that is not there', '<c r="B2" t="s"><v>7</v></c>', 'B2 points at'],
    ['text for a number', '<c r="B2"><v>x1</v></c>', "B2 holds 'x1', no number"],
    ['a cell beside the named columns', '<c r="D2"><v>1</v></c>', 'D2 says something'],
  ])('%s', async (_, cell, reason) => {
    const rows = `${HEADER}<row r="2">${cell}</row><row r="3"><c r="A3"><v>5</v></c></row>`;
    const pages = await pagesOf(await connectOne(await sheetOf(rows), excel));
    expect(problemsOf(pages)).toMatchObject([{ line: 2 }]);
    expect(problemsOf(pages)[0]?.reason).toContain(reason);
    expect(cellsOf(pages)).toEqual([['5', null]]);
  });
});

describe('a workbook is not ready, and says why', () => {
  const broken = async (): Promise<Buffer> => {
    const whole = await sheetOf(HEADER);
    const at = whole.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length + 12;
    whole.writeUInt8(whole.readUInt8(at) ^ 0x55, at);
    return whole;
  };
  test.each<[string, () => Promise<Buffer>, Record<string, unknown>, string]>([
    ['no archive', async () => Buffer.from('a,b\n1,2\n'), {}, 'no workbook'],
    ['an empty file', async () => Buffer.alloc(0), {}, 'no workbook'],
    ['cut off', async () => (await sheetOf(HEADER)).subarray(0, -30), {}, 'cut off'],
    ['a broken part', broken, {}, 'broken'],
    [
      'an old .xls',
      async () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
      {},
      'old .xls file, or one locked',
    ],
    ['no such sheet', async () => await sheetOf(HEADER), { sheet: 'Lines' }, "are: 'Rows'"],
    ['no such number', async () => await sheetOf(HEADER), { sheet: 2 }, 'no sheet number 2'],
    ['a chart', async () => await golden('xlsxwriter.xlsx'), { sheet: 2 }, 'holds no cells'],
    ['a lacking column', async () => await sheetOf(HEADER), { columns: ['c'] }, "'c' is missing"],
    ['no header', async () => await sheetOf(''), {}, 'the header is missing'],
    [
      'a name twice',
      async () => await sheetOf(HEADER.replace('<v>1</v>', '<v>0</v>')),
      { columns: ['a'] },
      "column 'a' twice",
    ],
    ['no sheet part', async () => await zipOf({ 'x.txt': 'x' }), {}, 'lacks its part'],
    [
      'a document type',
      async () =>
        await sheetOf('', {
          'xl/worksheets/sheet1.xml':
            '<!DOCTYPE x [<!ENTITY e "ha">]><worksheet><sheetData/></worksheet>',
        }),
      {},
      'document type',
    ],
  ])('%s', async (_, content, layout, reason) => {
    const adapter = await connectOne(await content(), { ...excel, ...layout });
    const [state] = await adapter.survey(soon());
    expect(state).toMatchObject({ ready: false });
    expect(state?.notReadyBecause).toContain(reason);
    const pages = await pagesOf(adapter);
    expect(problemsOf(pages)).toHaveLength(1);
    expect(problemsOf(pages)[0]?.reason).toContain(reason);
    expect(cellsOf(pages)).toEqual([]);
  });

  test('one that would unpack to far more than it is', async () => {
    const bomb = await sheetOf(`${HEADER}${' '.repeat(40_000_000)}`);
    expect(bomb.length).toBeLessThan(100_000);
    const [state] = await (await connectOne(bomb, excel)).survey(soon());
    expect(state?.notReadyBecause).toContain('times as large when unpacked');
    const small = await connectOne(await sheetOf(HEADER), excel, { unpackedBytesMax: 50 });
    expect((await small.survey(soon()))[0]?.notReadyBecause).toContain('over the limit of 50');
  });

  test('rows before a fault in a sheet are kept, and the fault is told', async () => {
    const rows = Array.from({ length: 9 }, (_, at) => `<row r="${at + 2}"><c><v>1</v></c></row>`);
    const content = await sheetOf(`${HEADER}${rows.join('')}<row r="3"/>`);
    const pages = await pagesOf(await connectOne(content, excel, { pageRowsMax: 4 }));
    expect(cellsOf(pages)).toHaveLength(9);
    expect(problemsOf(pages)).toMatchObject([
      { file: 'rows', reason: "row '3' stands after row 10" },
    ]);
    expect(problemsOf(pages)[0]?.line).toBeUndefined();
  });
});

test('a number is told without the noise of its binary form, and never loses a digit it was given', () => {
  expect(
    [
      '1.1000000000000001',
      '0.30000000000000004',
      '4.1399999999999997',
      '1E-3',
      '1.5e+3',
      '-0',
      '-2.50',
      '.5',
      '12345678901234567890',
      '1234567890.12345678901',
      '1e400000',
      'x',
    ].map(decimalText),
  ).toEqual([
    '1.1',
    '0.3',
    '4.14',
    '0.001',
    '1500',
    '0',
    '-2.50',
    '0.5',
    '12345678901234567890',
    '1234567890.12345678901',
    undefined,
    undefined,
  ]);
  const finite = fc.double({ noDefaultInfinity: true, noNaN: true });
  fc.assert(
    fc.property(finite, (number) => {
      const text = decimalText(String(number)) ?? '';
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(Number(text).toPrecision(15))).toBe(Number(number.toPrecision(15)) + 0);
    }),
  );
});

test('days count from 1900 with the day that never was, or from 1904', () => {
  const day = (serial: number, from1904 = false) => isoOfSerial(serial, 'date', from1904);
  expect([1, 59, 60, 61, 45_292].map((serial) => day(serial))).toEqual([
    '1900-01-01',
    '1900-02-28',
    undefined,
    '1900-03-01',
    '2024-01-01',
  ]);
  expect(day(0, true)).toBe('1904-01-01');
  expect(day(0)).toBeUndefined();
  expect(isoOfSerial(45_292.520833333336, 'date-time', false)).toBe('2024-01-01T12:30:00');
  expect(isoOfSerial(45_292.99999999999, 'date', false)).toBe('2024-01-02');
});

test('a format is one of dates by its letters, not by what it only quotes', () => {
  const told = [
    'dd.mm.yyyy',
    'yyyy-mm-dd hh:mm',
    'h:mm AM/PM',
    'mmm',
    '[h]:mm',
    '0.00',
    '0.00 "days"',
    '[$-409]#,##0.00;[Red]-#,##0.00',
    '0.00E+00',
    'General',
    '_-* #,##0.00 \\d_-',
  ].map(formatOfCode);
  expect(told).toEqual([
    'date',
    'date-time',
    'time',
    'date',
    'elapsed',
    ...told.slice(5).map(() => undefined),
  ]);
});

test('shared texts beyond what is kept wait on disk and come back', () => {
  const strings = openStrings(2000);
  for (let at = 0; at < 5000; at += 1) strings.add(`text ${at} é`);
  for (const at of [0, 4999, 513, 2500, 1, 4998]) expect(strings.get(at)).toBe(`text ${at} é`);
  expect(strings.get(5000)).toBeUndefined();
  strings.close();
});

const dayOf = (at: Date): Date => new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);
