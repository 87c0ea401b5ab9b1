/** Anything JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. A key without a value is not there. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Prints a value the same way whatever the order its keys were set in; undefined fields vanish. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) {
    let text = '';
    for (const part of value) text += text === '' ? canonicalJson(part) : `,${canonicalJson(part)}`;
    return `[${text}]`;
  }
  let text = '';
  for (const { name, label } of sorted(Object.keys(value))) {
    const part = value[name];
    if (part === undefined) continue;
    text += text === '' ? label : `,${label}`;
    text += typeof part === 'string' ? JSON.stringify(part) : canonicalJson(part);
  }
  return `{${text}}`;
}

type Label = { readonly name: string; readonly label: string };
type Shape = { readonly names: readonly string[]; readonly labels: readonly Label[] };

const SHAPES_MAX = 500;
const shapes = new Map<string, Shape>();

/** Keys in order, with how they are written. Objects of one shape come by the thousand. */
function sorted(names: readonly string[]): readonly Label[] {
  const place = `${names.length}${names[0] ?? ''}${names.at(-1) ?? ''}`;
  const known = shapes.get(place);
  if (known !== undefined && isSame(known.names, names)) return known.labels;
  const labels = names
    .toSorted((a, b) => (a < b ? -1 : Number(a > b)))
    .map((name) => ({ name, label: `${JSON.stringify(name)}:` }));
  if (shapes.size >= SHAPES_MAX) shapes.clear();
  shapes.set(place, { names, labels });
  return labels;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
