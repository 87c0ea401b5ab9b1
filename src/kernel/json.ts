/** Anything JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. A key without a value is not there. */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Prints a value the same way whatever the order its keys were set in; undefined fields vanish. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([key, part]) =>
      part === undefined ? [] : [[key, part] as const],
    );
    entries.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
