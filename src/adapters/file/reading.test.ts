import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, connectRows, pagesOf, problemsOf } from './testing.ts';

const runs = { numRuns: 60 };
const cell = fc.string({ unit: fc.constantFrom('a', 'é', '€', '"', ',', '\n', ' ', ';', '😀') });
const printed = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('reading a file', () => {
  test('any size of page and any limit on rows in memory yield the same rows', async () => {
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (table, pageRowsMax) => {
        const content = table.map((row) => `${row.map(printed).join(',')}\n`).join('');
        const adapter = await connectRows(
          content,
          { quote: '"' },
          { pageRowsMax, recordBytesMax: 400 },
        );
        const pages = await pagesOf(adapter);
        expect(problemsOf(pages)).toEqual([]);
        expect(cellsOf(pages)).toEqual(table);
      }),
      runs,
    );
  });

  test('resuming from any cursor yields the rest only', async () => {
    const row = fc.constantFrom('1,2', 'é,😀', 'bad', '', '"x\ny",3', '"open,4', '5,"6"7');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (lines) => {
        const content = lines.map((line) => `${line}\n`).join('');
        const adapter = await connectRows(content, { quote: '"' }, { pageRowsMax: 3 });
        const pages = await pagesOf(adapter);
        for (const [at, { next }] of pages.entries()) {
          expect(await pagesOf(adapter, next)).toEqual(pages.slice(at + 1));
        }
      }),
      runs,
    );
  });

  test('quoted columns are read as csv-parse reads them', async () => {
    const plain = fc.stringMatching(/^[a-zé ;]*$/);
    const column = fc.oneof(plain, cell.map(printed));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(column, column), { maxLength: 20 }), async (table) => {
        const content = table.map((row) => `${row.join(',')}\r\n`).join('');
        const pages = await pagesOf(await connectRows(content, { quote: '"' }));
        const ours = cellsOf(pages).map((row) => row.map((value) => value ?? ''));
        expect(ours).toEqual(parse(content, { skip_empty_lines: true }));
      }),
      runs,
    );
  });

  test('every row knows its physical line', async () => {
    const content = 'a,b\n1,"x\ny"\n\n2,z\n';
    const pages = await pagesOf(await connectRows(content, { quote: '"', header: true }));
    expect(pages.flatMap(({ rows }) => rows.map(({ line }) => line))).toEqual([2, 5]);
  });

  test('separators of several characters need no quotes', async () => {
    const layout = { delimiter: '+|', recordTerminator: '&|\n' };
    const pages = await pagesOf(await connectRows('1+|x\ny&|\n2+|&|\n', layout));
    expect(cellsOf(pages)).toEqual([
      ['1', 'x\ny'],
      ['2', null],
    ]);
    expect(pages[0]?.rows[1]?.line).toBe(3);
  });

  test('a byte order mark is no part of the first name', async () => {
    const pages = await pagesOf(await connectRows('\uFEFFa,b\n1,2\n', { header: true }));
    expect(pages[0]?.rows[0]?.values).toEqual({ a: '1', b: '2' });
  });

  test('old encodings are read as they say', async () => {
    const content = Buffer.from([0x4d, 0xfc, 0x2c, 0x80, 0x0a]);
    const windows = await pagesOf(await connectRows(content, { encoding: 'windows-1252' }));
    expect(cellsOf(windows)).toEqual([['Mü', '€']]);
    const latin = await pagesOf(await connectRows(content, { encoding: 'latin1' }));
    expect(cellsOf(latin)).toEqual([['Mü', '\u0080']]);
  });
});
