import type { Json, JsonObject } from '#kernel';
import { sameValue } from './same-value.ts';

/** Who changed a field since both sides last agreed. */
export type Side =
  | 'ours'
  | 'theirs'
  | 'agreed' // Both, to the same.
  | 'both'; // Both, to different things.

/** One step into a content: a field by its name, or the member of a list by what it is called. */
export type PathStep = string | { readonly member: string; readonly by: string };

/** A field that is not what both sides last agreed on. An absent value: the field is not there. */
export type FieldCase = {
  readonly field: string; // `lines[2].unitPrice`: the price of the line numbered 2.
  readonly path: readonly PathStep[];
  readonly side: Side;
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
};

/** What a list's members are known by, in this order of preference. */
const NAMES = ['number', 'supplier', 'code'] as const;
/** Together they are one value: an amount without its currency, or a number without its unit, is none. */
const WHOLE = [
  ['currency', 'amount'],
  ['unit', 'value'],
] as const;
/** Nobody knows what both sides last agreed on: nothing equals it. */
const UNKNOWN = Symbol('unknown');

/** One place as the three know it. */
type Three = {
  readonly base: Json | undefined | typeof UNKNOWN;
  readonly ours: Json | undefined;
  readonly theirs: Json | undefined;
};

/**
 * Compares what two sides made of a content both knew, field by field; members of lists go by their
 * number. `base` undefined: not known, so that every difference counts as a change of both.
 */
export function compareThree(
  base: JsonObject | undefined,
  ours: JsonObject,
  theirs: JsonObject,
): readonly FieldCase[] {
  return compare([], { base: base ?? UNKNOWN, ours, theirs });
}

/** The name of a place, as a person would write it. */
function fieldOf(path: readonly PathStep[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step !== 'string') text += `[${step.member}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** Puts a value at a place of a content; undefined takes it away. What was given is not touched. */
export function withValue(
  content: JsonObject,
  path: readonly PathStep[],
  value: Json | undefined,
): JsonObject {
  const changed = put(content, path, value);
  return isObject(changed) ? changed : content;
}

function compare(path: readonly PathStep[], three: Three): readonly FieldCase[] {
  const { base, ours, theirs } = three;
  const known = base === UNKNOWN ? undefined : base;
  if (sameValue(ours, theirs)) {
    return base === UNKNOWN || sameValue(known, ours) ? [] : [caseOf(path, 'agreed', three)];
  }
  if (isOpen(ours) && isOpen(theirs) && (base === UNKNOWN || isOpen(known))) {
    const before: JsonObject = isOpen(known) ? known : {};
    const names = new Set([...keys(before), ...keys(ours), ...keys(theirs)]);
    return [...names].toSorted().flatMap((key) =>
      compare([...path, key], {
        base: base === UNKNOWN ? UNKNOWN : before[key],
        ours: ours[key],
        theirs: theirs[key],
      }),
    );
  }
  const { by, lists } = membersOf([ours, theirs, ...(base === UNKNOWN ? [] : [known])]);
  const [left, right, before] = lists;
  if (left !== undefined && right !== undefined) {
    const names = new Set([...(before?.keys() ?? []), ...left.keys(), ...right.keys()]);
    return [...names].toSorted().flatMap((member) =>
      compare([...path, { member, by }], {
        base: base === UNKNOWN ? UNKNOWN : before?.get(member),
        ours: left.get(member),
        theirs: right.get(member),
      }),
    );
  }
  return [caseOf(path, base === UNKNOWN ? 'both' : sideOf(known, ours, theirs), three)];
}

function sideOf(base: Json | undefined, ours: Json | undefined, theirs: Json | undefined): Side {
  if (sameValue(base, ours)) return 'theirs';
  return sameValue(base, theirs) ? 'ours' : 'both';
}

function caseOf(path: readonly PathStep[], side: Side, { base, ours, theirs }: Three): FieldCase {
  return {
    field: fieldOf(path),
    path,
    side,
    ...(base === undefined || base === UNKNOWN ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

const keys = (value: JsonObject): readonly string[] =>
  Object.keys(value).filter((key) => value[key] !== undefined);

/** An object whose fields are compared one by one; those that are one value are not. */
function isOpen(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const own = keys(value).toSorted();
  return !WHOLE.some((names) => own.length === 2 && names.every((name) => own.includes(name)));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Members = ReadonlyMap<string, Json>;

/** Lists by what all of them call their members; empty: one is no list, or they have no names. */
function membersOf(values: readonly (Json | undefined)[]): {
  readonly by: string;
  readonly lists: readonly Members[];
} {
  const lists = values.filter((value): value is readonly Json[] => Array.isArray(value));
  const by = NAMES.find((candidate) => lists.every((list) => isNamed(list, candidate)));
  if (by === undefined || lists.length !== values.length) return { by: '', lists: [] };
  const named = lists.map((list) => new Map(list.map((each) => [nameIn(each, by) ?? '', each])));
  return { by, lists: named };
}

function isNamed(list: readonly Json[], name: string): boolean {
  const given = list.map((member) => nameIn(member, name));
  return !given.includes(undefined) && new Set(given).size === list.length;
}

function nameIn(member: Json | undefined, name: string): string | undefined {
  const value = isObject(member) ? member[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function put(
  content: Json | undefined,
  [step, ...rest]: readonly PathStep[],
  value: Json | undefined,
): Json | undefined {
  if (step === undefined) return value;
  if (typeof step !== 'string') {
    return putMember(Array.isArray(content) ? content : [], step, rest, value);
  }
  const object = isObject(content) ? content : {};
  const { [step]: before, ...others } = object;
  const after = put(before, rest, value);
  return after === undefined ? others : { ...object, [step]: after };
}

/** A member that is new stands at the end. */
function putMember(
  list: readonly Json[],
  { member, by }: Exclude<PathStep, string>,
  rest: readonly PathStep[],
  value: Json | undefined,
): readonly Json[] {
  const at = list.findIndex((each) => nameIn(each, by) === member);
  const after = put(at < 0 ? undefined : list[at], rest, value);
  if (at >= 0) return after === undefined ? list.toSpliced(at, 1) : list.with(at, after);
  return after === undefined ? list : [...list, after];
}
