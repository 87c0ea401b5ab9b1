import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { overlay } from '#erp/company/documents';
import type { Noted } from '#erp/company/documents';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProjectsProblemCode } from './errors.ts';
import type { Plan } from './plan.ts';
import type { Project } from './project.ts';
import { rateOn } from './resource.ts';
import type { Resource, ResourceRate } from './resource.ts';
import type { TimeLine, TimeLineDraft, TimeSheetDraft } from './time-sheet.ts';

type Code = ProjectsProblemCode;

/** What is known when hours are decided. Drafts of one call change `worked` and `room`. */
export type TimeFacts = {
  readonly legalEntity: string;
  readonly scale: number;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly projects: ReadonlyMap<string, Project>;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly worked: Noted<Decimal>; // Hours, by `dayKey`.
  readonly room: Noted<Decimal>; // What may still be spent, by project; none where nothing blocks.
};

/** Hours that may be posted. */
export type DecidedTime = {
  readonly resource: Resource;
  readonly postedOn: LocalDate;
  readonly lines: readonly (TimeLine & { readonly of: Project })[];
};

const ZERO = decimal('0');
const DAY = decimal('24');
const PLACES = 4;

/** The key of somebody's day in `worked`. */
export const dayKey = (resource: string, on: LocalDate): string => `${resource} ${on}`;

/** Whether hours may be posted, and at what cost. Pure but for what is noted. */
export function decideTime(facts: TimeFacts, draft: TimeSheetDraft): Result<DecidedTime, Code> {
  const resource = facts.resources.get(draft.resource);
  if (resource?.legalEntity !== facts.legalEntity || resource.status !== 'active') {
    const message = `there is no resource ${draft.resource} that works`;
    return refuse('projects.no-such-resource', message, 'resource');
  }
  if (draft.lines.length === 0) return refuse('projects.bad-hours', 'hours are asked for', 'lines');
  const own = { ...facts, worked: overlay(facts.worked), room: overlay(facts.room) };
  const lines: (TimeLine & { readonly of: Project })[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine(own, draft, { line, resource, at });
    if (!decided.ok) return decided;
    lines.push(decided.value);
  }
  own.worked.keep();
  own.room.keep();
  return accept({ resource, postedOn: draft.postedOn, lines });
}

type At = { readonly line: TimeLineDraft; readonly resource: Resource; readonly at: number };

function decideLine(
  facts: TimeFacts,
  { postedOn }: TimeSheetDraft,
  { line, resource, at }: At,
): Result<TimeLine & { readonly of: Project }, Code> {
  const field = `lines.${at}`;
  const project = projectFor(facts, line, field);
  if (!project.ok) return project;
  const { hours } = line;
  const isExact = compareDecimals(roundDecimal(hours, PLACES), hours) === 0;
  if (!isExact || compareDecimals(hours, ZERO) <= 0) {
    return refuse('projects.bad-hours', 'hours are above zero, of four places at most', field);
  }
  if (line.workedOn > postedOn) {
    return refuse('projects.bad-hours', 'hours are posted when they were worked', field);
  }
  const key = dayKey(resource.id, line.workedOn);
  const all = addDecimals(facts.worked.get(key) ?? ZERO, hours);
  if (compareDecimals(all, DAY) > 0) {
    const message = `${resource.code} has ${all} hours on ${line.workedOn}`;
    return refuse('projects.bad-hours', message, field);
  }
  const rate = rateOn(resource, line.workedOn);
  if (rate === undefined) {
    const message = `${resource.code} has no rate on ${line.workedOn}`;
    return refuse('projects.no-rate', message, field);
  }
  const decided = priced(facts, project.value, { line, rate, number: at + 1 });
  const over = overspending(facts, project.value, { cost: decided.cost, field });
  if (over !== undefined) return over;
  facts.worked.set(key, all);
  return accept(decided);
}

function projectFor(
  { projects, plans, legalEntity }: TimeFacts,
  { project: id, task }: TimeLineDraft,
  field: string,
): Result<Project, Code> {
  const project = projects.get(id);
  if (project?.legalEntity !== legalEntity) {
    return refuse('projects.no-such-project', `there is no project ${id}`, `${field}.project`);
  }
  if (project.status !== 'released') {
    const message = `${project.number} is ${project.status}: nobody works for it`;
    return refuse('projects.not-in-this-state', message, `${field}.project`);
  }
  return plans.get(id)?.tasks.some(({ number }) => number === task) === true
    ? accept(project)
    : refuse('projects.no-such-task', `${project.number} has no task ${task}`, `${field}.task`);
}

function priced(
  { scale }: TimeFacts,
  of: Project,
  work: {
    readonly line: TimeLineDraft;
    readonly rate: ResourceRate;
    readonly number: number;
  },
): TimeLine & { readonly of: Project } {
  const { line, rate, number } = work;
  const { isCharged = true } = line;
  const charge = isCharged && of.kind === 'time-and-material';
  return {
    of,
    number,
    project: of.id,
    task: line.task,
    workedOn: line.workedOn,
    hours: line.hours,
    costRate: rate.costRate,
    cost: roundDecimal(multiplyDecimals(line.hours, rate.costRate), scale),
    billRate: rate.billRate,
    charge: charge ? multiplyDecimals(line.hours, rate.billRate) : ZERO,
    text: line.text ?? '',
  };
}

function overspending(
  { room }: TimeFacts,
  project: Project,
  { cost, field }: { readonly cost: Decimal; readonly field: string },
): Refusal<Code> | undefined {
  const left = room.get(project.id);
  if (left === undefined) return undefined;
  if (compareDecimals(cost, left) > 0) {
    const message = `${left} of the budget of ${project.number} are left, this costs ${cost}`;
    return refuse('projects.over-limit', message, field);
  }
  room.set(project.id, subtractDecimals(left, cost));
  return undefined;
}
