/** What the tests of this adapter share: folders of files, and reading them to the end. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { RowAdapter, Cursor, RowProblem, RowsPage } from '#adapter-kit';
import { temporaryFolder } from '#kernel/testing';
import { connectFile } from './connect.ts';
import { localFolder } from './folder/local.ts';
import { parseFileLayout } from './layout.ts';
import type { DelimitedLayout, ExcelLayout, XmlLayout } from './entity-layout.ts';
import type { FileLayout } from './layout.ts';
import type { FileLimits } from './limits.ts';

export async function makeFolder(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const folder = temporaryFolder('file');
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

type Described =
  | (Partial<DelimitedLayout> & Pick<DelimitedLayout, 'file' | 'columns'>)
  | ExcelLayout
  | XmlLayout;

export const layoutOf = (entities: Readonly<Record<string, Described>>): FileLayout =>
  parseFileLayout({
    entities: Object.fromEntries(
      Object.entries(entities).map(([entity, one]) => [
        entity,
        one.format === undefined
          ? { delimiter: ',', encoding: 'utf-8', header: false, ...one }
          : one,
      ]),
    ),
  });

/** An adapter of one file 'rows.csv' with the entity 'rows'. */
export async function connectRows(
  content: string | Buffer,
  layout: Partial<DelimitedLayout> = {},
  limits: Partial<FileLimits> = {},
): Promise<RowAdapter> {
  const folder = await makeFolder({ 'rows.csv': content });
  const rows = { file: 'rows.csv', columns: ['a', 'b'], ...layout };
  return connectFile({
    folder: localFolder(folder),
    layout: layoutOf({ rows }),
    stabilityMs: 0,
    limits,
  });
}

export async function pagesOf(adapter: RowAdapter, after?: Cursor): Promise<RowsPage[]> {
  const pages: RowsPage[] = [];
  for await (const page of adapter.read('rows', after, AbortSignal.timeout(20_000))) {
    pages.push(page);
  }
  return pages;
}

export const cellsOf = (pages: readonly RowsPage[]): (string | null)[][] =>
  pages.flatMap(({ rows }) => rows.map(({ values }) => Object.values(values)));

export const problemsOf = (pages: readonly RowsPage[]): RowProblem[] =>
  pages.flatMap(({ problems }) => [...problems]);

/** A zip archive of the given parts, as a workbook is one. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return await buffer(zip.outputStream);
}

/** A workbook with one sheet, of the given rows as the sheet's XML has them. */
export async function sheetOf(
  rows: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, what: string, target: string): string =>
    `<Relationship Id="${id}" Type="${type}/${what}" Target="${target}"/>`;
  return await zipOf({
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${type}"><sheets><sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': '<sst><si><t>a</t></si><si><t>b</t></si></sst>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  });
}

/** An adapter of one file with the entity 'rows', in a format of one's choice. */
export async function connectOne(
  content: string | Buffer,
  layout: Readonly<Record<string, unknown>>,
  limits: Partial<FileLimits> = {},
): Promise<RowAdapter> {
  const folder = await makeFolder({ rows: content });
  const rows = { file: 'rows', columns: ['a', 'b'], ...layout };
  return connectFile({
    folder: localFolder(folder),
    layout: parseFileLayout({ entities: { rows } }),
    stabilityMs: 0,
    limits,
  });
}
