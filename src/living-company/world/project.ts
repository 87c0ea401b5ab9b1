import { addDays, daysBetween, isoWeekday, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { invoice } from './bill.ts';
import { drawOf, newKey, schedule, workday } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Customer } from './catalogue.ts';
import { collect } from './collect.ts';
import type { Intent } from './intent.ts';
import { PROJECT_NAMES } from './names.ts';
import { milestoneOf, plannedTask, ratesOf, spansOf } from './plan-project.ts';
import type { Task } from './plan-project.ts';
import { SIZES } from './plan.ts';
import type { Person } from './services.ts';

type How = Extract<Intent, { kind: 'project' }>['how'];

/** A project that runs. */
type Work = {
  readonly key: string;
  readonly how: How;
  readonly customer: Customer | undefined;
  readonly team: readonly Person[];
  readonly tasks: Task[];
  readonly startsOn: LocalDate;
  readonly overruns: boolean;
  readonly changes: boolean; // The customer will want more.
  endsOn: LocalDate; // As it was planned last.
  unpaid: number; // Bills.
  subcontracted: boolean;
  billedIn: number; // The month that hours were billed in last.
};

const HOURS_OF_WEEK = 25; // Of a team.
const OVERRUN_PER_MILLE = 150;
const CHANGE_PER_MILLE = 350;
const HOWS: readonly How[] = [
  'fixed-price',
  'fixed-price',
  'fixed-price',
  'time-and-material',
  'time-and-material',
  'internal',
];
const TASKS = [
  { name: 'Design', share: 250, grows: 1_150 },
  { name: 'Build', share: 500, grows: 1_900 },
  { name: 'Put into operation', share: 250, grows: 1_500 },
] as const;

/** On Mondays projects begin, when there are people for them. The first one of all overruns. */
export function startProjects(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) !== 1) return;
  const draw = drawOf(branch, today.index, 'projects');
  const { entity } = branch.trade;
  const isFirst = today.index < 7 && branch.trade === branch.catalogue.trades[0];
  const perMille = Math.floor((SIZES[branch.plan.size].projectsPerYear * entity.perMille) / 52);
  const drawn = Math.floor(perMille / 1_000) + (draw.happens(perMille % 1_000) ? 1 : 0);
  const count = isFirst ? Math.max(1, drawn) : drawn;
  for (let at = 0; at < count; at += 1) {
    const team = branch.trade.people.filter(({ code }) => !branch.busy.has(code)).slice(0, 2);
    if (team.length < 2) return;
    const overruns = (isFirst && at === 0) || draw.happens(OVERRUN_PER_MILLE);
    const how = overruns ? 'fixed-price' : draw.pick(HOWS);
    begin(branch, today, { draw, team, overruns, how });
  }
}

function begin(
  branch: Branch,
  today: Today,
  of: {
    readonly draw: Today['draw'];
    readonly team: readonly Person[];
    readonly overruns: boolean;
    readonly how: How;
  },
): void {
  const { draw, team, overruns, how } = of;
  const own = branch.trade.customers.filter(
    ({ currency }) => currency === branch.trade.entity.currency,
  );
  const customer = how === 'internal' ? undefined : draw.pick(own);
  const rate = ratesOf(team);
  const hours = draw.between(...SIZES[branch.plan.size].hoursOfProject);
  const tasks = TASKS.map(({ name, share, grows }, at): Task => {
    const planned = Math.floor((hours * share) / 1_000);
    const others = at === 1 ? Math.floor((planned * rate.cost) / 4) : 0;
    const grown = overruns ? grows : draw.between(880, 1_060);
    return {
      number: `${at + 1}`,
      name,
      hours: planned,
      cost: planned * rate.cost + others,
      revenue: how === 'internal' ? 0 : planned * rate.bill + Math.floor(others * 1.2),
      need: Math.floor((planned * 4 * grown) / 1_000),
      done: 0,
    };
  });
  const spans = spansOf(tasks, { from: today.on, hoursOfWeek: HOURS_OF_WEEK });
  const endsOn = spans.at(-1)?.to ?? today.on;
  const key = newKey(branch, 'pj');
  const planned = tasks.map((task, at) => {
    const span = spans[at] ?? { from: today.on, to: endsOn };
    return { task: plannedTask(task, span), milestone: milestoneOf(task, span, isFixed(how)) };
  });
  today.intents.push({
    kind: 'project',
    key,
    on: today.on,
    name: `${draw.pick(PROJECT_NAMES)}${customer === undefined ? '' : `, ${customer.name}`}`,
    how,
    ...(customer === undefined ? {} : { customer: customer.number }),
    endsOn,
    tasks: planned.map(({ task }) => task),
    milestones: planned.map(({ milestone }) => milestone),
  });
  for (const { code } of team) branch.busy.add(code);
  const changes = how === 'fixed-price' && !overruns && draw.happens(CHANGE_PER_MILLE);
  const [, billedIn] = partsOf(today.on);
  const work: Work = {
    key,
    how,
    customer,
    team,
    tasks,
    overruns,
    changes,
    endsOn,
    billedIn,
    startsOn: today.on,
    unpaid: 0,
    subcontracted: false,
  };
  schedule(branch, today.index + 4, 'office', (then) => week(branch, then, work));
}

const isFixed = (how: How): boolean => how === 'fixed-price';

/** On Fridays it is written down what was worked, and how far it is. */
function week(branch: Branch, today: Today, work: Work): void {
  const { key: project } = work;
  const draw = drawOf(branch, today.index, project);
  const before = work.tasks.filter(isOpen);
  const hours = worked(work, today, draw);
  const quarters = hours.reduce((sum, each) => sum + each.quarters, 0);
  branch.projects.worked += Math.floor((quarters * ratesOf(work.team).cost) / 4);
  const byPerson = Map.groupBy(hours, ({ person }) => person);
  for (const [person, lines] of byPerson) {
    today.intents.push({
      kind: 'time-sheet',
      key: newKey(branch, 'ts'),
      on: today.on,
      person,
      project,
      lines: lines.map(({ person: _person, ...line }) => line),
    });
  }
  for (const task of before.filter(({ done }) => done > 0)) {
    today.intents.push({
      kind: 'progress',
      key: newKey(branch, 'pg'),
      on: today.on,
      project,
      task: task.number,
      ...saidOf(work, task),
    });
  }
  const reached = before.filter((each) => !isOpen(each));
  for (const task of reached) reach(branch, today, work, task);
  const grows = work.changes && reached.some(isAsked); // There will be more to do.
  subcontract(branch, today, work);
  billHours(branch, today, work);
  if (grows || work.tasks.some(isOpen)) {
    schedule(branch, today.index + 7, 'office', (then) => week(branch, then, work));
  } else schedule(branch, workday(today, 2), 'office', (then) => complete(branch, then, work));
}

const isOpen = ({ done, need }: Task): boolean => done < need;

/** With the second task it is seen that more is wanted. */
const isAsked = ({ number }: Task): boolean => number === '2';

/** Who worked for what on Monday to Friday. */
function worked(
  { team, tasks }: Work,
  { on: friday }: Today,
  draw: Today['draw'],
): readonly {
  readonly person: string;
  readonly task: string;
  readonly on: LocalDate;
  readonly quarters: number;
}[] {
  const lines = [];
  for (let ago = 4; ago >= 0; ago -= 1) {
    for (const { code: person } of team) {
      const task = tasks.find(isOpen);
      if (task === undefined) break;
      const quarters = Math.min(draw.between(7, 13), task.need - task.done);
      task.done += quarters;
      lines.push({ person, task: task.number, on: addDays(friday, -ago), quarters });
    }
  }
  return lines;
}

/** What is said of a task: of one that takes longer, that it is nearly done. */
function saidOf(
  { team }: Work,
  task: Task,
): { readonly percent: number; readonly costToComplete?: number } {
  const percent = Math.min(90, Math.floor((task.done * 100) / Math.max(1, task.hours * 4)));
  const left = task.need - task.done;
  if (left === 0) return { percent: 100 };
  return {
    percent,
    ...(percent < 90 ? {} : { costToComplete: Math.floor((left * ratesOf(team).cost) / 4) }),
  };
}

/** A task is done: its milestone is reached, and charged where the price is fixed. */
function reach(branch: Branch, today: Today, work: Work, task: Task): void {
  const { key: project, how } = work;
  const milestone = `M${task.number}`;
  const key = newKey(branch, 'mi');
  today.intents.push({ kind: 'milestone', key, on: today.on, project, milestone });
  if (isFixed(how)) {
    schedule(branch, workday(today, 1), 'charge', (then) =>
      bill(branch, then, work, { milestone }),
    );
  }
  if (isAsked(task) && (work.changes || work.overruns)) {
    schedule(branch, workday(today, 1), 'office', (then) => change(branch, then, work));
  }
}

function bill(
  branch: Branch,
  today: Today,
  work: Work,
  about: { readonly milestone: string } | { readonly hoursUntil: LocalDate },
): void {
  const { key: project, customer } = work;
  if (customer === undefined) return;
  const key = newKey(branch, 'pb');
  const { on } = today;
  today.intents.push({ kind: 'project-bill', key, on, project, ...about });
  work.unpaid += 1;
  collect(branch, today, {
    invoice: key,
    customer,
    paid: (then) => {
      work.unpaid -= 1;
      if (work.unpaid === 0 && !work.tasks.some(isOpen)) close(branch, then, work);
    },
  });
}

/** Hours are charged by the month, and when all is done. */
function billHours(branch: Branch, today: Today, work: Work): void {
  if (work.how !== 'time-and-material') return;
  const [, month] = partsOf(today.on);
  if (month === work.billedIn && work.tasks.some(isOpen)) return;
  work.billedIn = month;
  const { on: hoursUntil } = today;
  schedule(branch, workday(today, 1), 'charge', (then) => bill(branch, then, work, { hoursUntil }));
}

/** In the middle of the second task others charge what they did for it. */
function subcontract(branch: Branch, today: Today, work: Work): void {
  const { key: project, tasks, team, overruns } = work;
  const [, task] = tasks;
  if (task === undefined || work.subcontracted || task.done < task.hours * 2) return;
  work.subcontracted = true;
  const planned = Math.floor((task.hours * ratesOf(team).cost) / 4);
  const net = overruns ? Math.floor(planned * 1.5) : planned;
  const supplier = branch.trade.suppliers.find(
    ({ currency }) => currency === branch.trade.entity.currency,
  );
  if (supplier === undefined || net === 0) return;
  schedule(branch, workday(today, 5), 'bill', (then) => {
    const lines = [{ text: 'Assembly on site', account: '5050', net, project }];
    invoice(branch, then, { supplier, lines });
  });
}

/** The customer wants more, and pays for it; or we do, and he does not. */
function change(branch: Branch, today: Today, work: Work): void {
  const { overruns, tasks, team } = work;
  const rate = ratesOf(team);
  const planned = tasks.reduce((sum, { hours }) => sum + hours, 0);
  const hours = Math.max(8, Math.floor(planned / 5));
  const task: Task = {
    number: `${tasks.length + 1}`,
    name: overruns ? 'More work than planned' : 'Second pump station',
    hours,
    cost: hours * rate.cost,
    revenue: hours * rate.bill,
    need: hours * 4,
    done: 0,
  };
  const monday = addDays(today.on, 8 - isoWeekday(today.on));
  const later = addDays(work.endsOn, 3);
  const from = later > monday ? later : monday;
  const [span] = spansOf([task], { from, hoursOfWeek: HOURS_OF_WEEK });
  if (span === undefined) return;
  today.intents.push({
    kind: 'change-order',
    key: newKey(branch, 'co'),
    on: today.on,
    project: work.key,
    title: task.name,
    isApproved: !overruns,
    endsOn: span.to,
    tasks: [plannedTask(task, span)],
    milestones: [milestoneOf(task, span, true)],
  });
  if (overruns) return;
  tasks.push(task);
  work.endsOn = span.to;
}

function complete(branch: Branch, today: Today, work: Work): void {
  const { key: project, team, customer, tasks, endsOn, startsOn } = work;
  const { on } = today;
  const key = newKey(branch, 'pe');
  today.intents.push({ kind: 'complete-project', key, on, project });
  for (const { code } of team) branch.busy.delete(code);
  if (work.unpaid === 0) close(branch, today, work);
  if (!work.overruns) return;
  const planned = tasks.reduce((sum, { hours }) => sum + hours, 0);
  const taken = tasks.reduce((sum, { done }) => sum + done, 0) / 4;
  const more = Math.floor((taken * 100) / Math.max(1, planned)) - 100;
  today.labels.push({
    kind: 'project-overrun',
    from: startsOn,
    to: on,
    why: `it took ${more} % more hours than were planned, and ended ${daysBetween(endsOn, on)} days late`,
    documents: [{ kind: 'project', key: project }],
    ...(customer === undefined ? {} : { parties: [customer.number] }),
  });
}

function close(branch: Branch, today: Today, { key: project }: Work): void {
  schedule(branch, workday(today, 4), 'office', (then) => {
    const key = newKey(branch, 'pc');
    then.intents.push({ kind: 'close-project', key, on: then.on, project });
  });
}
