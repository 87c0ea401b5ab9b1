import type { Cursor, RowsPage } from '#adapter-kit';
import { readDelimitedShape } from './delimited/header.ts';
import { readDelimited } from './delimited/read-pages.ts';
import { readExcel, readExcelShape } from './excel/read-excel.ts';
import type { OpenFile } from './folder/folder.ts';
import { inPages } from './in-pages.ts';
import type { ReadContext } from './in-pages.ts';
import type { EntityLayout } from './entity-layout.ts';
import type { Shape } from './shape.ts';
import { readXml, readXmlShape } from './xml/read-xml.ts';

/** Reads what comes before the rows of an open file: whether it is what the layout says. */
export async function readShape(
  file: OpenFile,
  layout: EntityLayout,
  context: ReadContext,
): Promise<Shape> {
  switch (layout.format) {
    case 'excel':
      return await readExcelShape(file, layout, context);
    case 'xml':
      return await readXmlShape(file, layout, context);
    case 'delimited':
    case undefined:
      return await readDelimitedShape(file, layout, context.limits);
  }
}

/** Reads the rows of an open file after a cursor, page by page, in the order of the file. */
export function readPages(
  file: OpenFile,
  layout: EntityLayout,
  context: ReadContext,
  after: Cursor | undefined,
): AsyncGenerator<RowsPage> {
  const source = { file, name: layout.file, after };
  switch (layout.format) {
    case 'excel':
      return inPages(readExcel(file, layout, context), source, context);
    case 'xml':
      return inPages(readXml(file, layout, context), source, context);
    case 'delimited':
    case undefined:
      return readDelimited(file, layout, context.limits, after);
  }
}
