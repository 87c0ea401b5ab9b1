import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ROUTES } from '#api-contract';
import type { BodyOf, ReplyOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { followWork } from './follow-work.ts';
import { printFacts, printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** How a file is to be read, and what is to become of it. */
export type ImportOptions = {
  readonly entity: string;
  readonly file: string;
  readonly dryRun?: boolean;
  readonly goodLines?: boolean;
  readonly on?: string;
  readonly sheet?: string;
  readonly decimal?: string;
  readonly days?: string;
  readonly column?: readonly string[]; // field=heading
};

type Import = NonNullable<ReplyOf<'startImport'>['result']>;

const LINES_SHOWN = 20;

/** Imports a file, or tries it, and says what became of it. */
export async function importFile(
  { client, json }: Context,
  kind: string,
  options: ImportOptions,
): Promise<number> {
  const { entity } = options;
  const params = { entity };
  const body = bodyOf(kind, options);
  await client.call('startImport', { params, body });
  const { result } = await followWork(() => client.call('getImportWork', { params }), json);
  if (result === undefined) return EXIT_CODES.failed;
  if (json) printJson(result);
  else {
    printImport(result);
    await printLines({ client, json }, result);
  }
  const isWrong = result.problems.length > 0 || result.status === 'refused';
  return isWrong ? EXIT_CODES.invalid : EXIT_CODES.done;
}

function bodyOf(kind: string, options: ImportOptions): BodyOf<'startImport'> {
  const { file, dryRun, goodLines, on, sheet, decimal, days, column = [] } = options;
  const wanted = {
    kind,
    mode: dryRun === true ? 'dry-run' : goodLines === true ? 'good-lines' : 'all-or-nothing',
    fileName: basename(file),
    content: contentOf(file).toString('base64'),
    ...(on === undefined ? {} : { openingOn: on }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(decimal === undefined ? {} : { decimalPoint: decimal }),
    ...(days === undefined ? {} : { days }),
    ...(column.length === 0 ? {} : { columns: headingsOf(column) }),
  };
  const { data, error } = ROUTES.startImport.body.safeParse(wanted);
  if (data !== undefined) return data;
  throw mainError('invalid', 'main.bad-setting', `importing ${file} as ${kind}`, {
    remedy: z.prettifyError(error),
  });
}

/** 'name=Firma' says that the field `name` stands under the heading 'Firma'. */
const headingsOf = (column: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    column.map((each): [string, string] => {
      const [field = '', ...heading] = each.split('=');
      return [field, heading.join('=')];
    }),
  );

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw mainError('invalid', 'main.bad-setting', `reading ${file}`, { cause });
  }
}

const SAID = {
  tried: 'nothing was booked: a dry run',
  refused: 'nothing was booked',
  booked: 'booked',
  'taken-back': 'booked, and taken back',
} as const;

function printImport(done: Import): void {
  const { formats, status, lines, file } = done;
  printFacts([
    ['file', `${file.name}, ${lines} lines (${formats.format}${writtenAs(formats)})`],
    ['ignored', formats.ignored.join(', ')],
    ['outcome', SAID[status]],
    ...(['created', 'changed', 'unchanged', 'compared', 'refused'] as const).map(
      (name) => [name, done[name] === 0 ? '' : done[name]] as const,
    ),
  ]);
  for (const { message, code } of done.problems) console.log(`! ${message} (${code})`);
  if (done.totals.length === 0) return;
  console.log('');
  printTable(
    ['account', 'name', 'of', 'before', 'after'],
    done.totals.map(({ account, name, of, before, after }) => [
      account,
      name.en,
      of,
      before,
      after,
    ]),
  );
  for (const { of, ledger, subledger, difference } of done.agreement) {
    if (/^-?0\.?0*$/.test(difference)) continue;
    console.log(`! ${of}: the ledger has ${ledger}, its items ${subledger}: ${difference} apart`);
  }
}

const writtenAs = ({ delimiter, decimalPoint, days }: Import['formats']): string =>
  [
    delimiter === undefined ? '' : `, parted by '${delimiter}'`,
    decimalPoint === undefined ? '' : `, decimal '${decimalPoint}'`,
    days === undefined ? '' : `, days ${days}`,
  ].join('');

/** What was refused, and what is worth a look of the others. */
async function printLines({ client }: Context, { id, legalEntity }: Import): Promise<void> {
  const params = { entity: legalEntity, id };
  const lists = await Promise.all(
    (['refused', 'compared'] as const).map((outcome) =>
      client.call('listImportLines', { params, query: { outcome, limit: LINES_SHOWN } }),
    ),
  );
  const rows = lists.flatMap(({ items }) => items);
  if (rows.length === 0) return;
  console.log('');
  printTable(
    ['line', 'column', 'outcome', 'why'],
    rows.map(({ line, heading, outcome, message, code }) => [
      line,
      heading,
      outcome,
      `${message ?? ''}${code === undefined ? '' : ` (${code})`}`,
    ]),
  );
}

/** Writes an empty file of a kind. */
export async function writeTemplate(
  { client }: Context,
  kind: string,
  { entity, file, german }: { entity: string; file?: string; german?: boolean },
): Promise<number> {
  const language = german === true ? 'de' : 'en';
  const { data, error } = ROUTES.getImportTemplate.query.safeParse({ kind, language });
  if (data === undefined) {
    throw mainError('invalid', 'main.bad-setting', `a template of ${kind}`, { cause: error });
  }
  const found = await client.call('getImportTemplate', { params: { entity }, query: data });
  const path = file ?? found.fileName;
  writeFileSync(path, found.content);
  console.log(`${path}: ${found.content.trim().replace('\uFEFF', '')}`);
  return EXIT_CODES.done;
}

/** Lists imports and dry runs. */
export async function showImports(
  { client, json }: Context,
  entity: string,
  limit: number,
): Promise<number> {
  const page = await client.call('listImports', { params: { entity }, query: { limit } });
  if (json) printJson(page);
  else {
    printTable(
      ['when', 'by', 'kind', 'file', 'sha-256', 'status', 'created', 'changed', 'refused', 'id'],
      page.items.map((each) => [
        each.createdAt.slice(0, 16).replace('T', ' '),
        each.createdBy,
        each.kind,
        each.file.name,
        each.file.digest.slice(0, 12),
        each.status,
        each.created,
        each.changed,
        each.refused,
        each.id,
      ]),
    );
  }
  return EXIT_CODES.done;
}
