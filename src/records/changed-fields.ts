import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';

/** One field that differs: `lines[2].unitPrice` is the price of the line numbered 2. */
export type ChangedField = {
  readonly field: string;
  readonly before?: Json; // Absent: the field was not there.
  readonly after?: Json; // Absent: the field is gone.
};

type JsonObject = { readonly [key: string]: Json | undefined };

/** What a list entry is known by, in this order of preference. Otherwise its place, from 1. */
const NAMES = ['number', 'supplier', 'code'] as const;

/** The fields by which two contents differ, as a person would name them. */
export function changedFields(
  before: Json | undefined,
  after: Json | undefined,
): readonly ChangedField[] {
  const found: ChangedField[] = [];
  compare('', before, after, found);
  return found;
}

function compare(
  field: string,
  before: Json | undefined,
  after: Json | undefined,
  found: ChangedField[],
): void {
  if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()) {
      compare(field === '' ? key : `${field}.${key}`, before[key], after[key], found);
    }
    return;
  }
  if (isObjectList(before) && isObjectList(after)) {
    const left = byName(before, after);
    const right = byName(after, before);
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      compare(`${field}[${name}]`, left.get(name), right.get(name), found);
    }
    return;
  }
  if (before === undefined && after === undefined) return;
  if (
    before !== undefined &&
    after !== undefined &&
    canonicalJson(before) === canonicalJson(after)
  ) {
    return;
  }
  found.push({
    field,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

/** Entries by the name both lists can be addressed by. */
function byName(list: readonly Json[], other: readonly Json[]): Map<string, Json> {
  const name = NAMES.find((candidate) => isName(candidate, list) && isName(candidate, other));
  return new Map(
    list.map((entry, at) => {
      const given = name !== undefined && isObject(entry) ? entry[name] : undefined;
      return [typeof given === 'string' ? given : String(at + 1), entry];
    }),
  );
}

function isName(name: string, list: readonly Json[]): boolean {
  const values = list.map((entry) => (isObject(entry) ? entry[name] : undefined));
  return values.every((value) => typeof value === 'string') && new Set(values).size === list.length;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectList(value: Json | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}
