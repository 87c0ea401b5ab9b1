import { createHash } from 'node:crypto';
import { readTable } from '#adapters/file/table';
import type { ReadTable } from '#adapters/file/table';
import type { RowsPage } from '#adapter-kit';
import type { Services } from '#api';
import { giveBackRoom, tablesFilled, transact } from '#database';
import type { Database, Handle } from '#database';
import { findImport, runImport } from '#erp/imports';
import type { ImportReport, ImportWish, Table, TableLine } from '#erp/imports';
import type { Clock } from '#kernel/time';
import { mainError } from './errors.ts';
import { openKeptWork } from './kept-work.ts';
import { plain } from './plain.ts';

type Imports = Services['imports'];
type Asked = Parameters<Imports['begin']>[1];

const BYTES_MAX = 33_554_432;

/** Imports of files into the embedded ERP: in the background, one at a time of a legal entity. */
export function imports({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Imports {
  const works = openKeptWork<ImportReport>({ database, clock }, 'import');
  return {
    begin(context, asked) {
      const content = Buffer.from(asked.content, 'base64');
      if (content.length > BYTES_MAX) throw tooLarge(asked.fileName, content.length);
      const begun = works.begin(context.legalEntity, context.by, async (watching) => {
        const read = await readTable(fileOf(asked, content), { clock, stop: watching.signal });
        const wish = wishOf(asked, content, tableOf(read, asked.fileName));
        return await inOneGo(database, (tx) => runImport(tx, context, wish, watching));
      });
      if (begun !== undefined) return plain(begun);
      throw mainError('conflict', 'main.import-running', `importing '${asked.fileName}'`, {
        remedy: 'Another file is being imported: wait for its end, or cancel it.',
      });
    },
    async last(legalEntity) {
      const work = await works.last(legalEntity);
      const id = work?.result?.id;
      // As it is kept now: since then it may have been taken back.
      const result = id === undefined ? undefined : await findImport(database.kysely, id);
      if (work === undefined) return undefined;
      return plain(result === undefined ? work : { ...work, result });
    },
    async cancel(legalEntity) {
      const work = await works.cancel(legalEntity);
      return work === undefined ? undefined : plain(work);
    },
  };
}

/** Imports in one transaction. What is not kept leaves no room behind that the next try would stumble over. */
async function inOneGo(
  database: Database,
  work: (tx: Handle) => Promise<ImportReport>,
): Promise<ImportReport> {
  let filled: readonly string[] = [];
  let report: ImportReport | undefined;
  try {
    report = await transact(database, async (tx) => {
      try {
        return await work(tx);
      } finally {
        filled = await tablesFilled(tx).catch(() => []); // PostgreSQL has refused: it says no more.
      }
    });
    return report;
  } finally {
    if (report?.status !== 'booked') await giveBackRoom(database, filled);
  }
}

const tooLarge = (name: string, bytes: number) =>
  mainError('invalid', 'main.file-too-large', `importing '${name}' of ${bytes} bytes`, {
    remedy: `A file has at most ${BYTES_MAX} bytes: part it.`,
  });

const fileOf = ({ fileName, sheet, headerRow }: Asked, content: Buffer) => ({
  name: fileName,
  content,
  ...(sheet === undefined ? {} : { sheet }),
  ...(headerRow === undefined ? {} : { headerRow }),
});

const wishOf = (asked: Asked, content: Buffer, table: Table): ImportWish => ({
  kind: asked.kind,
  mode: asked.mode,
  table,
  file: {
    name: asked.fileName,
    digest: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
  },
  ...(asked.openingOn === undefined ? {} : { openingOn: asked.openingOn }),
  ...(asked.columns === undefined ? {} : { columns: asked.columns }),
  ...(asked.decimalPoint === undefined ? {} : { decimalPoint: asked.decimalPoint }),
  ...(asked.days === undefined ? {} : { days: asked.days }),
});

/** A file as the importer goes through it; one that cannot be read has no lines and says why. */
function tableOf(read: ReadTable, name: string): Table {
  if (!read.ok) {
    const format = name.endsWith('.xlsx') ? 'xlsx' : 'csv';
    return { format, headings: [], lines: () => once({ lines: [], broken: read.reason }) };
  }
  const { format, headings, delimiter, encoding } = read;
  return {
    format,
    headings,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
    lines: () => linesOf(read.pages()),
  };
}

type Batch = { readonly lines: readonly TableLine[]; readonly broken?: string };

async function* once(batch: Batch): AsyncGenerator<Batch> {
  yield await Promise.resolve(batch);
}

async function* linesOf(pages: AsyncIterable<RowsPage>): AsyncGenerator<Batch> {
  for await (const { rows, problems } of pages) {
    const sound = rows.map(({ line, values }): TableLine => ({ line, values }));
    const wrong = problems.flatMap(({ line, column, value, reason }): TableLine[] => {
      const heading = column === undefined ? {} : { heading: column };
      const what = value === undefined ? {} : { value };
      return line === undefined ? [] : [{ line, problem: { reason, ...heading, ...what } }];
    });
    const [broken] = problems.filter(({ line }) => line === undefined);
    const lines = wrong.length === 0 ? sound : [...sound, ...wrong].toSorted(byLine);
    yield { lines, ...(broken === undefined ? {} : { broken: broken.reason }) };
  }
}

const byLine = (a: TableLine, b: TableLine): number => a.line - b.line;
