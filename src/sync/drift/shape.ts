import type { Json } from '#kernel';

/** A path of a kind of document: what types it had, and how often it was there when it could be. */
export type PathShape = {
  readonly types: ReadonlySet<string>; // 'text', 'number', 'yes/no', 'list', 'object', 'nothing'.
  readonly present: number;
  readonly asked: number;
};

/** What documents look like. Members of lists are at `lines[].price`; each document counts once. */
export type Shape = ReadonlyMap<string, PathShape>;

const DEPTH_MAX = 8;
const PATHS_MAX = 2_000; // A document with data for keys would otherwise fill the table.

type Paths = Map<string, Set<string>>;

/** A look at documents: their shape, and how many of them could have had a path. */
export type Look = { readonly shape: Shape; readonly holders: (path: string) => number };

/** Looks at documents. A key without a value is there: to be empty is not to be gone. */
export function lookAt(documents: readonly Json[]): Look {
  const present = new Map<string, { types: Set<string>; count: number }>();
  const holding = new Map<string, number>(); // Objects by path: how many documents have one there.
  for (const document of documents) {
    const paths: Paths = new Map();
    const objects = new Set<string>();
    walk(document, '', { paths, objects }, 0);
    for (const at of objects) holding.set(at, (holding.get(at) ?? 0) + 1);
    for (const [path, types] of paths) {
      const found = present.get(path);
      if (found === undefined && present.size >= PATHS_MAX) continue;
      const entry = found ?? { types: new Set(), count: 0 };
      for (const type of types) entry.types.add(type);
      entry.count += 1;
      present.set(path, entry);
    }
  }
  const holders = (path: string): number => holding.get(holderOf(path)) ?? 0;
  const shape = new Map(
    [...present].map(([path, { types, count }]) => [
      path,
      { types, present: count, asked: Math.max(count, holders(path)) },
    ]),
  );
  return { shape, holders };
}

function holderOf(path: string): string {
  const at = path.lastIndexOf('.');
  return at < 0 ? '' : path.slice(0, at);
}

function walk(
  value: Json | undefined,
  at: string,
  into: { readonly paths: Paths; readonly objects: Set<string> },
  depth: number,
): void {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const members: readonly Json[] = value;
    for (const member of members) walk(member, `${at}[]`, into, depth + 1);
    return;
  }
  into.objects.add(at);
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const path = at === '' ? key : `${at}.${key}`;
    const types = into.paths.get(path) ?? new Set();
    into.paths.set(path, types.add(typeOf(part)));
    walk(part, path, into, depth + 1);
  }
}

function typeOf(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'yes/no' : 'object';
}
