import { z } from 'zod';
import { ROUTES } from '#api-contract';
import type { ReplyOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printFacts, printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** Which day and why; a dry run needs no reason. */
export type TakeBackOptions = {
  readonly entity: string;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly on?: string;
};

type Tried = ReplyOf<'tryTakeBackImport'>;

const LINES_SHOWN = 20;

/** Takes an import back, or says what that would do. */
export async function takeImportBack(
  { client, json }: Context,
  id: string,
  { entity, dryRun = false, reason, on }: TakeBackOptions,
): Promise<number> {
  const params = { entity, id };
  const day = on === undefined ? {} : { on };
  if (dryRun) {
    const body = checked(ROUTES.tryTakeBackImport.body.safeParse(day), id);
    const tried = await client.call('tryTakeBackImport', { params, body });
    if (json) printJson(tried);
    else printTried(tried);
    return tried.problems.length + tried.heldLines > 0 ? EXIT_CODES.invalid : EXIT_CODES.done;
  }
  const body = checked(ROUTES.takeBackImport.body.safeParse({ ...day, reason }), id);
  const { takenBack, ...done } = await client.call('takeBackImport', { params, body });
  if (json) printJson({ ...done, takenBack });
  else if (takenBack !== undefined) {
    printFacts([
      ['outcome', 'taken back'],
      ['lines', takenBack.lines],
      ['on', takenBack.on],
    ]);
    printDocuments(takenBack);
  }
  return EXIT_CODES.done;
}

function checked<T>({ data, error }: z.ZodSafeParseResult<T>, id: string): T {
  if (data !== undefined) return data;
  throw mainError('invalid', 'main.bad-setting', `taking import ${id} back`, {
    remedy: error === undefined ? '' : z.prettifyError(error),
  });
}

function printTried(tried: Tried): void {
  const { problems, held, heldLines, lines, on } = tried;
  const isClear = problems.length + heldLines === 0;
  printFacts([
    ['outcome', isClear ? 'nothing was taken back: a dry run' : 'it cannot be taken back'],
    [isClear ? 'lines' : 'held', isClear ? lines : heldLines],
    ['on', on],
  ]);
  for (const { message, code } of problems) console.log(`! ${message} (${code})`);
  if (isClear) printDocuments(tried);
  if (held.length === 0) return;
  console.log('');
  printTable(
    ['line', 'key', 'why'],
    held
      .slice(0, LINES_SHOWN)
      .map(({ line, key, message, code }) => [line, key, `${message} (${code})`]),
  );
}

/** What is reversed by what, and what the control accounts come to. */
function printDocuments({ documents, totals }: Pick<Tried, 'documents' | 'totals'>): void {
  if (documents.length > 0) {
    console.log('');
    printTable(
      ['document', 'reversed by'],
      documents.map(({ number, reversedBy }) => [number, reversedBy]),
    );
  }
  const moved = totals.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return;
  console.log('');
  printTable(
    ['account', 'name', 'before', 'after'],
    moved.map(({ account, name, before, after }) => [account, name.en, before, after]),
  );
}
