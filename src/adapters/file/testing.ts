/** What the tests of this adapter share: folders of files, and reading them to the end. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RowAdapter, Cursor, RowProblem, RowsPage } from '#adapter-kit';
import { connectFile } from './connect.ts';
import { parseFileLayout } from './layout.ts';
import type { EntityLayout, FileLayout } from './layout.ts';
import type { FileLimits } from './limits.ts';

export async function makeFolder(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rialto-file-'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

type Described = Partial<EntityLayout> & Pick<EntityLayout, 'file' | 'columns'>;

export const layoutOf = (entities: Readonly<Record<string, Described>>): FileLayout =>
  parseFileLayout({
    entities: Object.fromEntries(
      Object.entries(entities).map(([entity, one]) => [
        entity,
        { delimiter: ',', encoding: 'utf-8', header: false, ...one },
      ]),
    ),
  });

/** An adapter of one file 'rows.csv' with the entity 'rows'. */
export async function connectRows(
  content: string | Buffer,
  layout: Partial<EntityLayout> = {},
  limits: Partial<FileLimits> = {},
): Promise<RowAdapter> {
  const folder = await makeFolder({ 'rows.csv': content });
  const rows = { file: 'rows.csv', columns: ['a', 'b'], ...layout };
  return connectFile({ path: folder, layout: layoutOf({ rows }), stabilityMs: 0, limits });
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
