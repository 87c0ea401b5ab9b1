import { insertRows, rollbackTo, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import { dayIn } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { agreementOf, controlBalances, totalsOf } from './control-totals.ts';
import type { ImportsProblemCode } from './errors.ts';
import { findImport } from './keep-import.ts';
import { KINDS } from './kinds/all.ts';
import { lockImports } from './lock-imports.ts';
import type { ImportReport } from './report.ts';
import { RETURNERS } from './returners/all.ts';
import type { RetiredRecord, TakeBack } from './taking-back.ts';

/** Which import is to be taken back; `on` left out: on its opening day. */
export type TakeBackWish = { readonly id: string; readonly on?: LocalDate };

type Attempt = { readonly done: TakeBack; readonly retired: readonly RetiredRecord[] };

const SAVEPOINT = 'a_take_back';
const REASONS_MAX = 10;

/**
 * Says what taking an import back would do, for it does it, to the last number, and undoes that. Waits
 * for another import of the legal entity.
 */
export async function tryTakeBack(
  tx: Handle,
  context: ErpContext,
  wish: TakeBackWish,
): Promise<Result<TakeBack>> {
  const found = await bookedImport(tx, context, wish.id);
  if (!found.ok) return found;
  await rows(tx, sql`savepoint ${sql.id(SAVEPOINT)}`);
  const attempt = await takeAllBack(tx, context, found.value, wish.on);
  await rollbackTo(tx, SAVEPOINT);
  await rows(tx, sql`release savepoint ${sql.id(SAVEPOINT)}`);
  return attempt.ok ? accept(attempt.value.done) : attempt;
}

/**
 * Takes an import back whole, or not at all: what it posted is reversed on the day, never changed. Its
 * keys may be booked again afterwards. Waits for another import of the legal entity.
 */
export async function takeBackImport(
  tx: Handle,
  context: ErpContext,
  { reason, ...wish }: TakeBackWish & { readonly reason: string },
): Promise<Result<ImportReport>> {
  const found = await bookedImport(tx, context, wish.id);
  if (!found.ok) return found;
  await rows(tx, sql`savepoint ${sql.id(SAVEPOINT)}`);
  const attempt = await takeAllBack(tx, context, found.value, wish.on);
  const refused = attempt.ok ? refusalOf(attempt.value.done) : attempt;
  if (refused !== undefined) await rollbackTo(tx, SAVEPOINT);
  await rows(tx, sql`release savepoint ${sql.id(SAVEPOINT)}`);
  if (refused !== undefined) return refused;
  if (attempt.ok) await keepTakenBack(tx, context, found.value, { ...attempt.value, reason });
  const kept = await findImport(tx, wish.id);
  assert(kept !== undefined, 'an import that was taken back is there');
  return accept(kept);
}

/** An import that stands in the books, and nobody takes back at the same time. */
async function bookedImport(
  tx: Handle,
  { legalEntity }: ErpContext,
  id: string,
): Promise<Result<ImportReport, ImportsProblemCode>> {
  await lockImports(tx, legalEntity);
  const found = await findImport(tx, id);
  if (found?.legalEntity !== legalEntity) {
    return refuse('imports.no-such-import', `there is no import ${id}`);
  }
  if (found.takenBack !== undefined) {
    const message = `import ${id} was taken back before, by ${found.takenBack.by}`;
    return refuse('imports.already-taken-back', message);
  }
  return found.status === 'booked'
    ? accept(found)
    : refuse('imports.not-booked', `import ${id} has booked nothing: it was ${found.status}`);
}

/** Takes back all that can be; the caller undoes it where something is held. */
async function takeAllBack(
  tx: Handle,
  context: ErpContext,
  of: ImportReport,
  wished: LocalDate | undefined,
): Promise<Result<Attempt, ImportsProblemCode>> {
  const on = await dayOf(tx, context, of, wished);
  if (of.openingOn !== undefined && on < of.openingOn) {
    const message = `it was booked on ${of.openingOn}: nothing is taken back before that`;
    return refuse('imports.before-opening-day', message, 'on');
  }
  const before = await controlBalances(tx, context);
  const { lines, held, documents, retired, problem } = await RETURNERS[of.kind]({
    tx,
    context,
    of,
    on,
  });
  if (lines + held.length === 0) {
    const message = `import ${of.id} changed nothing: all of it stood before, or was compared`;
    return refuse('imports.nothing-to-take-back', message);
  }
  const totals = totalsOf(before, await controlBalances(tx, context));
  const agreement = await agreementOf(tx, context, totals);
  const problems = problem === undefined ? [] : [{ code: problem.code, message: problem.message }];
  const done = { import: of.id, on, lines, held, problems, documents, totals, agreement };
  return accept({ done, retired });
}

/** What posts is taken back on the day that is wished, else on the opening day; the rest today. */
async function dayOf(
  tx: Handle,
  { legalEntity, clock }: ErpContext,
  { kind, openingOn }: ImportReport,
  wished: LocalDate | undefined,
): Promise<LocalDate> {
  const day = KINDS[kind].asksOpeningDay ? (wished ?? openingOn) : undefined;
  if (day !== undefined) return day;
  const entity = await findLegalEntity(tx, legalEntity);
  assert(entity !== undefined, `there is a legal entity ${legalEntity}`);
  return dayIn(entity.timeZone, clock());
}

/** Why nothing is taken back: what speaks against all of it, else the lines that are held. */
function refusalOf({ held, problems }: TakeBack): Result<never> | undefined {
  const [problem] = problems;
  if (problem !== undefined) return refuse(problem.code, problem.message);
  if (held.length === 0) return undefined;
  const reasons = held.slice(0, REASONS_MAX).map(({ line, key, code, message }) => ({
    code,
    message: `line ${line} (${key}): ${message}`,
  }));
  const message = `nothing is taken back, as ${held.length} of its lines cannot be any more`;
  return { ok: false, problem: { code: 'imports.already-used', message, reasons } };
}

async function keepTakenBack(
  tx: Handle,
  { legalEntity, by, clock }: ErpContext,
  { id, kind }: ImportReport,
  { done, retired, reason }: Attempt & { readonly reason: string },
): Promise<void> {
  const { on, lines, documents, totals, agreement } = done;
  await rows(
    tx,
    sql`insert into erp_imports.taken_back (import, legal_entity, taken_back_on, reason, lines,
        documents, totals, agreement, created_by, created_at)
      values (${id}, ${legalEntity}, ${on}, ${reason}, ${lines}, ${JSON.stringify(documents)},
        ${JSON.stringify(totals)}, ${JSON.stringify(agreement)}, ${by}, ${clock()})`,
  );
  await insertRows(
    tx,
    'erp_imports.retired_record',
    { import: 'text', legal_entity: 'text', kind: 'text', key: 'text', version: 'integer' },
    retired.map((one) => ({ ...one, import: id, legal_entity: legalEntity, kind })),
  );
}
