import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, refuse, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import { newId } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ProjectsProblemCode } from './errors.ts';
import type { Project } from './project.ts';
import { lockProjects } from './read-projects.ts';
import { findTimeSheets } from './read-time.ts';
import { lockResources } from './resource.ts';
import type { PostedTime, TimeSheet } from './time-sheet.ts';
import { writeTime } from './write-time.ts';

type Code = ProjectsProblemCode;

/** A sheet that is to be taken back. */
export type TimeReversal = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason: string;
};

/** Takes hours back that nobody has been charged for: cost, books and days are as they were. */
export const reverseTimeSheets = (
  tx: Handle,
  context: ErpContext,
  wishes: readonly TimeReversal[],
): Promise<readonly Result<PostedTime, Code>[]> =>
  bookTogether(tx, wishes, (asked) => bookReversals(tx, context, asked));

type Facts = {
  readonly legalEntity: string;
  readonly sheets: ReadonlyMap<string, TimeSheet>;
  readonly projects: ReadonlyMap<string, Project>;
  readonly charged: ReadonlySet<string>; // Sheets of which something was charged.
};
type Decided = { readonly wish: TimeReversal; readonly sheet: TimeSheet; readonly place: number };

async function bookReversals(
  tx: Handle,
  context: ErpContext,
  wishes: readonly TimeReversal[],
): Promise<Booked<PostedTime, Code>> {
  const { clock, legalEntity } = context;
  const facts = await readFacts(tx, legalEntity, wishes);
  const seen = new Set<string>();
  const decided = wishes.map((wish, place): Result<Decided, Code> => {
    const sheet = facts.sheets.get(wish.id);
    const problem = reversalProblem(facts, sheet, seen);
    if (problem !== undefined) return problem;
    if (sheet === undefined) return noSheet(wish.id);
    seen.add(wish.id);
    return accept({ wish, sheet, place });
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ wish }) => wish.on);
  const numbers = await takeNumbersOn(tx, legalEntity, 'TS', days);
  const booked = good.filter(({ sheet }) => sheet.entry !== null);
  const reversed = await reverseEntries(
    tx,
    context,
    booked.map(({ sheet, wish }) => ({ id: sheet.entry ?? '', on: wish.on })),
  );
  const places = booked.map(({ place }) => place);
  const late = refusedLate(reversed, places, 'projects.journal-refused');
  if (late.size > 0) return { results: [], late };
  const entries = new Map(
    reversed.flatMap((each, at) => (each.ok ? [[booked[at]?.wish.id ?? '', each.value.id]] : [])),
  );
  const nowMs = millisecondsOf(clock());
  const made = good.map(({ wish, sheet }, at) => ({
    id: newId('ts', nowMs),
    number: numbers[at] ?? '',
    kind: 'reversal' as const,
    resource: sheet.resource,
    postedOn: wish.on,
    entry: entries.get(wish.id) ?? null,
    reverses: wish.id,
    reason: wish.reason,
    lines: sheet.lines.map((line) => ({
      ...line,
      hours: negateDecimal(line.hours),
      cost: negateDecimal(line.cost),
      charge: negateDecimal(line.charge),
    })),
  }));
  await writeTime(tx, context, made);
  const answers = made.values();
  const results = decided.map((each): Result<PostedTime, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '', entry = null } = answers.next().value ?? {};
    return accept({ id, number, entry });
  });
  return { results, late };
}

/** Projects first, then who worked; then the sheets again: who came before is seen. */
async function readFacts(
  tx: Handle,
  legalEntity: string,
  wishes: readonly TimeReversal[],
): Promise<Facts> {
  const ids = wishes.map(({ id }) => id);
  const first = [...(await findTimeSheets(tx, ids)).values()];
  const projects = await lockProjects(
    tx,
    first.flatMap(({ lines }) => lines.map(({ project }) => project)),
  );
  await lockResources(
    tx,
    first.map(({ resource }) => resource),
  );
  const sheets = await findTimeSheets(tx, ids);
  const charged = await rows<{ sheet: string }>(
    tx,
    sql`select distinct sheet_id as sheet from erp_projects.bill_line
      where stands and sheet_id = any(${ids})`,
  );
  return { legalEntity, sheets, projects, charged: new Set(charged.map(({ sheet }) => sheet)) };
}

const noSheet = (id: string): Refusal<Code> =>
  refuse('projects.no-such-time-sheet', `there is no time sheet ${id}`, 'id');

function reversalProblem(
  { legalEntity, projects, charged }: Facts,
  sheet: TimeSheet | undefined,
  seen: ReadonlySet<string>,
): Refusal<Code> | undefined {
  if (sheet?.legalEntity !== legalEntity || sheet.kind === 'reversal')
    return noSheet(sheet?.id ?? '');
  const { id, number } = sheet;
  if (sheet.reversedBy !== null || seen.has(id)) {
    return refuse('projects.already-reversed', `${number} was taken back before`, 'id');
  }
  if (charged.has(id)) {
    return refuse('projects.settled', `${number} was charged: cancel that bill first`, 'id');
  }
  const still = sheet.lines.map(({ project }) => projects.get(project));
  const idle = still.find((project) => project?.status !== 'released');
  return idle === undefined
    ? undefined
    : refuse('projects.not-in-this-state', `${idle.number} is ${idle.status}`, 'id');
}
