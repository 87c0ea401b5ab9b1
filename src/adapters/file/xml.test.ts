import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RialtoError } from '#kernel';
import { cellsOf, connectOne, pagesOf, problemsOf } from './testing.ts';
import { parseFileLayout } from './index.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);
const xml = { format: 'xml', records: 'rows/row' } as const;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const ORDERS = `<?xml version="1.0" encoding="UTF-8"?>
<o:Orders xmlns:o="urn:orders" xmlns="urn:parts" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <o:Header><o:Sent>2026-11-03</o:Sent></o:Header>
  <o:Order number="PO-1" o:kind="x">
    <o:Supplier><Code>V 10</Code></o:Supplier>
    <o:Line no="1"><Item>A &amp; B</Item><Price>1.10</Price></o:Line>
    <o:Line no="2"><Item><![CDATA[<raw>]]></Item><Price xsi:nil="true"/></o:Line>
  </o:Order>
  <o:Order number="PO-2"><o:Line no="1"><Item>C</Item></o:Line></o:Order>
</o:Orders>`;

const LINES = {
  format: 'xml',
  records: 'o:Orders/o:Order/o:Line',
  columns: ['order', 'kind', 'supplier', 'sent', 'line', 'item', 'price'],
  namespaces: { o: 'urn:orders' },
  namespace: 'urn:parts',
  paths: {
    order: '../@number',
    kind: '../@o:kind',
    supplier: '../o:Supplier/Code',
    sent: '../../o:Header/o:Sent',
    line: '@no',
    item: 'Item',
    price: 'Price',
  },
} as const;

describe('the repeated elements of a file are its rows', () => {
  test('with attributes, namespaces, and what stands above them', async () => {
    const pages = await pagesOf(await connectOne(ORDERS, LINES));
    expect(problemsOf(pages)).toEqual([]);
    expect(cellsOf(pages)).toEqual([
      ['PO-1', 'x', 'V 10', '2026-11-03', '1', 'A & B', '1.10'],
      ['PO-1', 'x', 'V 10', '2026-11-03', '2', '<raw>', null],
      ['PO-2', null, null, '2026-11-03', '1', 'C', null],
    ]);
    expect(pages[0]?.rows.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  test('what is printed is read back equal, in any size of page, and resumed from any of them', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '&', '<', ']]>', '"', 'é', '😀', '\n') });
    const rows = fc.array(fc.tuple(text, text), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (table, pageRowsMax) => {
        const printed = table.map(
          ([a, b]) =>
            `<row a="${escaped(a).replaceAll('\n', '&#10;')}"><b>${escaped(b).replaceAll('>', '&gt;')}</b></row>`,
        );
        const layout = { ...xml, columns: ['a', 'b'], paths: { a: '@a' } };
        const adapter = await connectOne(`<rows>${printed.join('\n')}</rows>`, layout, {
          pageRowsMax,
        });
        const pages = await pagesOf(adapter);
        expect(cellsOf(pages).map((row) => row.map((cell) => cell ?? ''))).toEqual(table);
        for (const [at, { next }] of pages.entries()) {
          expect(await pagesOf(adapter, next)).toEqual(pages.slice(at + 1));
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['utf-16le', Buffer.from('\uFEFF<rows><row a="é"/></rows>', 'utf16le')],
    [
      'iso-8859-1',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><rows><row a="é"/></rows>', 'latin1'),
    ],
  ])('in %s', async (_, content) => {
    const adapter = await connectOne(content, { ...xml, columns: ['a'], paths: { a: '@a' } });
    expect(cellsOf(await pagesOf(adapter))).toEqual([['é']]);
  });

  test('one that is there twice in an element is told with its line, and the rest goes on', async () => {
    const rows = '<rows>\n<row><a>1</a><a>2</a><b>3</b></row>\n<row><a>4</a><b>5</b></row></rows>';
    const pages = await pagesOf(await connectOne(rows, xml));
    expect(cellsOf(pages)).toEqual([['4', '5']]);
    expect(problemsOf(pages)).toMatchObject([{ line: 1, column: 'a', cells: [null, '3'] }]);
    expect(problemsOf(pages)[0]?.reason).toBe(
      "'a' is there twice in one element (line 2 of the file)",
    );
  });

  test('a list with nothing in it is empty, not missing', async () => {
    const adapter = await connectOne('<rows/>', xml);
    expect(await adapter.survey(soon())).toMatchObject([{ ready: true }]);
    expect(await pagesOf(adapter)).toEqual([]);
  });
});

describe('a file is not ready, and says why', () => {
  test.each<[string, string | Buffer, Record<string, unknown>, string]>([
    ['an empty file', '', {}, 'no well-formed XML'],
    ['cut off', '<rows><row><a>1</a><b>2</b></row><ro', {}, 'no well-formed XML'],
    ['another root', '<lines><row/></lines>', {}, "begins with 'lines'"],
    ['another namespace', '<rows xmlns="urn:x"><row/></rows>', {}, 'namespaces count'],
    ['no such column', '<rows><row><a>1</a></row></rows>', {}, "'b' is in none of the first 1"],
    ['a document type', '<!DOCTYPE rows [<!ENTITY a "b">]><rows/>', {}, 'declares a document type'],
    ['an entity', '<rows><row><a>&big;</a></row></rows>', {}, 'undefined entity'],
    ['bytes that are no text', Buffer.from('<rows>\xff</rows>', 'latin1'), {}, 'not utf-8'],
    ['another encoding', '<?xml version="1.0" encoding="EBCDIC"?><rows/>', {}, 'says it is EBCDIC'],
    [
      'what it needs comes too late',
      '<rows><row><a>1</a><b>2</b></row><c>3</c></rows>',
      { columns: ['a', 'c'], paths: { c: '../c' } },
      'it has to come before them',
    ],
  ])('%s', async (_, content, layout, reason) => {
    const adapter = await connectOne(content, { ...xml, ...layout });
    const [state] = await adapter.survey(soon());
    expect(state).toMatchObject({ ready: false });
    expect(state?.notReadyBecause).toContain(reason);
  });

  test('a column that may be missing is named as such', async () => {
    const content = '<rows><row><a>1</a></row></rows>';
    const adapter = await connectOne(content, { ...xml, optional: ['b'] });
    expect(await adapter.survey(soon())).toMatchObject([{ ready: true }]);
    expect(cellsOf(await pagesOf(adapter))).toEqual([['1', null]]);
  });

  test('elements in elements without end, and a text without end, are refused', async () => {
    const deep = await connectOne(`<rows>${'<x>'.repeat(200)}`, xml);
    expect((await deep.survey(soon()))[0]?.notReadyBecause).toContain('over 100 deep');
    const long = await connectOne(`<rows><row a="${'x'.repeat(3_000_000)}`, xml);
    expect((await long.survey(soon()))[0]?.notReadyBecause).toContain('characters long');
  });

  test('rows before a fault are kept, and the fault is told', async () => {
    const row = '<row><a>1</a><b>2</b></row>';
    const content = `<rows>${row.repeat(2500)}<row></rows>`;
    const pages = await pagesOf(await connectOne(content, xml));
    expect(cellsOf(pages)).toHaveLength(2500);
    expect(problemsOf(pages)).toMatchObject([{ file: 'rows' }]);
    expect(problemsOf(pages)[0]?.reason).toContain('no well-formed XML');
  });
});

test.each([
  ['a prefix that is not declared', { columns: ['o:a'] }, "'o' is not among the namespaces"],
  ['a column without a path', { columns: ['a b'] }, "'a b' needs a path"],
  ['a path of no column', { columns: ['a'], paths: { c: 'c' } }, "'c' is no column"],
  ['a path that is none', { columns: ['a'], paths: { a: '//a' } }, 'from the record'],
])('a layout with %s is refused', (_, layout, reason) => {
  let remedy = '';
  try {
    parseFileLayout({ entities: { rows: { ...xml, file: 'x', ...layout } } });
  } catch (error) {
    if (error instanceof RialtoError) remedy = error.remedy ?? '';
  }
  expect(remedy).toContain(reason);
});
