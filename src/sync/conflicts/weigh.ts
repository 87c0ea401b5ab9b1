import type { RecordKind } from '#canonical';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { decideFields, mergedContent, openFields } from './decide.ts';
import type { Choice, DecidedCase } from './decide.ts';
import { markReckoned, reckonAmounts } from './reckon.ts';
import { EVERY_FIELD } from './rule.ts';
import type { Rule } from './rule.ts';
import { sameValue } from './same-value.ts';
import { compareThree, withValue } from './three-way.ts';
import type { FieldCase } from './three-way.ts';

/** A change that is wanted here, and what was made of its target there. */
export type Meeting = {
  readonly kind: RecordKind;
  readonly operation: string;
  readonly payload: JsonObject; // An update carries only what it is about.
  readonly base: JsonObject | undefined; // What the author saw. Undefined: nobody knows.
  readonly ownWrites: readonly JsonObject[]; // Payloads of ours that were booked since.
  readonly onlyOurs: boolean; // Nobody else has written since.
  readonly theirs: JsonObject; // What is there now.
  readonly oursAt: Instant;
  readonly theirsAt: Instant | undefined;
};

/** A meeting with what becomes of each field. */
export type Weighed = {
  readonly base: JsonObject | undefined;
  readonly ours: JsonObject;
  readonly cases: readonly DecidedCase[];
  readonly asks: readonly string[];
};

/** What is to be done: send this, or leave theirs as it is. */
export type Result = { readonly send: JsonObject } | 'keep-theirs';

const isUpdate = (operation: string): boolean => operation.startsWith('update-');

/** Compares the two changes field by field and says what becomes of each. */
export function weigh(meeting: Meeting, rules: readonly Rule[]): Weighed {
  const { theirs, operation, oursAt, theirsAt, onlyOurs } = meeting;
  const { base, ours } = sidesOf(meeting);
  const times = { ours: oursAt, ...(theirsAt === undefined ? {} : { theirs: theirsAt }) };
  if (!isUpdate(operation)) return weighWhole(meeting, rules, times);
  const compared = compareThree(base, ours, theirs);
  const decided = onlyOurs ? laterStands(compared) : decideFields(compared, rules, times);
  const { isReckoned } = reckonAmounts(meeting.kind, theirs, mergedContent(theirs, decided));
  const cases = markReckoned(decided, isReckoned);
  return { base, ours, cases, asks: openFields(cases) };
}

/** What only we ourselves have written since is no change of somebody: the later wish stands. */
function laterStands(cases: readonly FieldCase[]): readonly DecidedCase[] {
  return cases.map((each) => {
    const take = each.side === 'both' || each.side === 'ours' ? 'ours' : 'theirs';
    return { ...each, verdict: { take, because: 'own-write' } };
  });
}

/** A cancellation carries no fields: it is sent, or it is not. */
function weighWhole(
  { base, theirs, operation, onlyOurs }: Meeting,
  rules: readonly Rule[],
  times: { readonly ours: Instant; readonly theirs?: Instant },
): Weighed {
  const changed = onlyOurs || base === undefined ? [] : compareThree(base, base, theirs);
  const still = onlyOurs || (base !== undefined && changed.length === 0);
  const whole = { field: EVERY_FIELD, path: [], ours: operation } as const;
  const wish = { ...whole, side: still ? 'ours' : 'both' } as const;
  const everything = rules.filter(({ field }) => field === EVERY_FIELD);
  const cases = decideFields([wish, ...changed], everything, times);
  return { base, ours: base ?? theirs, cases, asks: openFields(cases) };
}

/** What comes of it, once nothing is left to ask. A value that was chosen stands as it was given. */
export function resultOf(
  { kind, operation, payload, theirs }: Pick<Meeting, 'kind' | 'operation' | 'payload' | 'theirs'>,
  cases: readonly DecidedCase[],
  choices: ReadonlyMap<string, Choice> = new Map(),
): Result {
  if (!isUpdate(operation)) {
    const [wish] = cases;
    const choice = choices.get(EVERY_FIELD);
    const take = choice !== undefined && 'take' in choice ? choice.take : wish?.verdict.take;
    return take === 'ours' ? { send: payload } : 'keep-theirs';
  }
  const merged = mergedContent(theirs, cases, choices);
  let { content } = reckonAmounts(kind, theirs, merged);
  for (const { field, path } of cases) {
    const choice = choices.get(field);
    if (choice !== undefined && 'value' in choice) content = withValue(content, path, choice.value);
  }
  const about = Object.keys(payload).filter((name) => payload[name] !== undefined);
  const names = new Set([...about, ...chosenElsewhere(cases, choices)]);
  const send = Object.fromEntries([...names].map((name) => [name, content[name]]));
  return Object.entries(send).every(([name, value]) => sameValue(value, theirs[name]))
    ? 'keep-theirs'
    : { send };
}

/** What a person chose may be about more than our change was. */
function chosenElsewhere(
  cases: readonly DecidedCase[],
  choices: ReadonlyMap<string, Choice>,
): readonly string[] {
  return cases.flatMap(({ field, path: [first] }) =>
    choices.has(field) && typeof first === 'string' ? [first] : [],
  );
}

/**
 * What both last agreed on, own writes since put in, and what we want of it. A field that the change
 * names is wanted as it says, even where that is what its author saw: he may take back his own wish
 * before. Within lists and objects, sent whole, what is as he saw it is not a wish.
 */
function sidesOf({ base, payload, ownWrites, theirs }: Meeting): {
  readonly base: JsonObject | undefined;
  readonly ours: JsonObject;
} {
  if (base === undefined) return { base: undefined, ours: { ...theirs, ...payload } };
  const wanted = { ...base, ...payload };
  const now = ownWrites.reduce<JsonObject>((content, write) => ({ ...content, ...write }), base);
  const cases = decideFields(
    compareThree(base, wanted, now),
    [{ field: EVERY_FIELD, wins: 'ours' }],
    {},
  );
  return { base: now, ours: { ...mergedContent(now, cases), ...plainFieldsOf(payload) } };
}

function plainFieldsOf(payload: JsonObject): JsonObject {
  const fields = Object.entries(payload).filter(([, value]) => typeof value !== 'object');
  return Object.fromEntries(fields);
}
