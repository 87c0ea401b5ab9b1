import type { XmlLayout } from '../entity-layout.ts';
import type { Attribute, Name } from './parse.ts';

/** What is taken from an element: where it is text, where an attribute, and what lies in it. */
export type Branch = {
  readonly name: Name;
  readonly branches: Branch[];
  readonly attributes: { readonly name: Name; readonly column: number }[];
  text: number | undefined; // The column that its own text is for.
};

/** A layout's paths, ready to be followed. `roots`: by how many elements above the record. */
export type Paths = {
  readonly records: readonly Name[];
  readonly roots: readonly Branch[];
  readonly levelOf: readonly number[]; // By column: which of the roots it is taken from.
};

/** Makes the paths of a layout ready. Steps out of the root lead nowhere. */
export function pathsOf(layout: XmlLayout): Paths {
  const { columns, paths = {}, records } = layout;
  const nameOf = (step: string): Name => {
    const [local = '', prefix] = step.split(':').toReversed();
    if (prefix !== undefined) return { local, uri: layout.namespaces?.[prefix] ?? '' };
    return { local, uri: layout.namespace ?? '' };
  };
  const attributeOf = (step: string): Name =>
    step.includes(':') ? nameOf(step) : { local: step, uri: '' };
  const steps = records.split('/').map(nameOf);
  const roots = steps.map((_, up) => branch(steps.at(-1 - up) ?? { local: '', uri: '' }));
  const levelOf = columns.map((column, at) => {
    const path = (paths[column] ?? column).split('/');
    const up = path.filter((step) => step === '..').length;
    let here = roots[up] ?? branch({ local: '', uri: '' });
    for (const step of path.slice(up)) {
      if (step === '.') here.text = at;
      else if (step.startsWith('@')) {
        here.attributes.push({ name: attributeOf(step.slice(1)), column: at });
      } else here = into(here, nameOf(step));
    }
    if (!(path.at(-1) ?? '').startsWith('@')) here.text = at;
    return up;
  });
  return { records: steps, roots, levelOf };
}

export const sameName = (one: Name, other: Name): boolean =>
  one.local === other.local && one.uri === other.uri;

/** The branch that an element is, below another. */
export const below = (branches: readonly Branch[], name: Name): Branch | undefined =>
  branches.find((each) => sameName(each.name, name));

/** The values that attributes have for columns. */
export function* valuesOf(
  here: Branch,
  attributes: readonly Attribute[],
): Generator<{ readonly column: number; readonly value: string }> {
  for (const { name, column } of here.attributes) {
    const found = attributes.find((attribute) => sameName(attribute, name));
    if (found !== undefined) yield { column, value: found.value };
  }
}

const branch = (name: Name): Branch => ({ name, branches: [], attributes: [], text: undefined });

function into(here: Branch, name: Name): Branch {
  const there = below(here.branches, name) ?? branch(name);
  if (!here.branches.includes(there)) here.branches.push(there);
  return there;
}
