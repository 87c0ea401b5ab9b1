import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import type { EntryDraft, LineDraft } from '#erp/ledger';
import { currencyScale, newId } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { roomOf } from './budget-room.ts';
import { decideTime } from './decide-time.ts';
import type { DecidedTime, TimeFacts } from './decide-time.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { lockResources } from './resource.ts';
import type { PostedTime, TimeSheetDraft } from './time-sheet.ts';
import { writeTime } from './write-time.ts';

type Code = ProjectsProblemCode;

const ZERO = decimal('0');

/** Posts hours: their cost goes from who gave them to the projects, in the books too. */
export const postTimeSheets = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly TimeSheetDraft[],
): Promise<readonly Result<PostedTime, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookSheets(tx, context, asked));

async function bookSheets(
  tx: Handle,
  context: ErpContext,
  drafts: readonly TimeSheetDraft[],
): Promise<Booked<PostedTime, Code>> {
  const { clock, legalEntity } = context;
  const currency = await companyCurrencyOf(tx, legalEntity);
  const facts = await readTimeFacts(tx, legalEntity, { drafts, scale: currencyScale(currency) });
  const decided = drafts.map((draft) => decideTime(facts, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const numbers = await takeNumbersOn(
    tx,
    legalEntity,
    'TS',
    good.map(({ postedOn }) => postedOn),
  );
  const nowMs = millisecondsOf(clock());
  const numbered = good.map((time, at) => ({
    time,
    id: newId('ts', nowMs),
    number: numbers[at] ?? '',
  }));
  const costly = numbered.flatMap((each) => {
    const entry = entryOf(each, { legalEntity, currency });
    return entry === undefined ? [] : [{ id: each.id, entry }];
  });
  const posted = await postEntries(
    tx,
    context,
    costly.map(({ entry }) => entry),
  );
  const placeOf = new Map(numbered.map(({ id }, at) => [id, placesOf(decided)[at] ?? -1]));
  const places = costly.map(({ id }) => placeOf.get(id) ?? -1);
  const late = refusedLate(posted, places, 'projects.journal-refused');
  if (late.size > 0) return { results: [], late };
  const entries = new Map(
    posted.flatMap((each, at) => (each.ok ? [[costly[at]?.id ?? '', each.value.id]] : [])),
  );
  const sheets = numbered.map(({ id, number, time: { resource, postedOn, lines } }) => ({
    id,
    number,
    kind: 'time' as const,
    resource: resource.id,
    postedOn,
    entry: entries.get(id) ?? null,
    reverses: null,
    reason: '',
    lines,
  }));
  await writeTime(tx, context, sheets);
  const made = sheets.values();
  const results = decided.map((each): Result<PostedTime, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '', entry = null } = made.next().value ?? {};
    return accept({ id, number, entry });
  });
  return { results, late };
}

const placesOf = (decided: readonly Result<unknown>[]): readonly number[] =>
  [...decided.keys()].filter((place) => decided[place]?.ok === true);

/** Projects first, then who works, each in the order of ids. */
async function readTimeFacts(
  tx: Handle,
  legalEntity: string,
  of: { readonly drafts: readonly TimeSheetDraft[]; readonly scale: number },
): Promise<TimeFacts> {
  const { drafts, scale } = of;
  const lines = drafts.flatMap((draft) => draft.lines);
  const projects = await lockProjects(
    tx,
    lines.map(({ project }) => project),
  );
  const resources = await lockResources(
    tx,
    drafts.map(({ resource }) => resource),
  );
  const blocking = [...projects.values()].filter(({ budgetCheck }) => budgetCheck === 'block');
  const plans = await plansNow(tx, projects.values());
  return {
    legalEntity,
    scale,
    resources,
    projects,
    plans,
    worked: new Map(await hoursWorked(tx, drafts)),
    room: new Map(await roomOf(tx, { legalEntity, projects: blocking, plans, scale })),
  };
}

/** The hours that are posted for the days that drafts are about. */
async function hoursWorked(
  tx: Handle,
  drafts: readonly TimeSheetDraft[],
): Promise<ReadonlyMap<string, Decimal>> {
  const days = drafts.flatMap(({ resource, lines }) =>
    lines.map(({ workedOn }) => ({ resource, worked_on: workedOn })),
  );
  const found = await rows<{ key: string; hours: Decimal }>(
    tx,
    sql`select l.resource || ' ' || l.worked_on as key, sum(l.hours)::text as hours
      from erp_projects.time_line l join (
        select distinct * from ${unnested('d', { resource: 'text', worked_on: 'date' }, days)}
      ) w using (resource, worked_on) group by 1`,
  );
  return new Map(found.map(({ key, hours }) => [key, hours]));
}

/** What hours book: each line at the expense of its project, all of it from who gave them. */
function entryOf(
  {
    id,
    number,
    time,
  }: { readonly id: string; readonly number: string; readonly time: DecidedTime },
  of: { readonly legalEntity: string; readonly currency: CurrencyCode },
): EntryDraft | undefined {
  const { resource, postedOn, lines } = time;
  const spent = lines
    .filter(({ cost }) => compareDecimals(cost, ZERO) !== 0)
    .map(
      (line): LineDraft => ({
        posting: { key: line.of.kind === 'internal' ? 'expense' : 'cogs' },
        amount: line.cost,
        project: line.project,
        quantity: line.hours,
        text: `${resource.code} ${line.task} ${line.workedOn}`,
      }),
    );
  if (spent.length === 0) return undefined;
  const given: LineDraft = {
    posting: { key: 'production-absorbed' },
    amount: negateDecimal(sumDecimals(spent.map(({ amount }) => amount))),
    ...(resource.costCentre === null ? {} : { costCentre: resource.costCentre }),
  };
  return {
    legalEntity: of.legalEntity,
    kind: 'production',
    postedOn,
    documentOn: postedOn,
    currency: of.currency,
    text: entryText('hours', { resource: resource.name, number }),
    source: { area: 'projects', kind: 'time-sheet', id, number },
    lines: [...spent, given],
  };
}
