import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { AnyPack } from '../load-pack.ts';

/** One place in which two packs differ, as a person would name it. */
export type PackDifference = {
  readonly mapping?: string; // By name. Absent: it belongs to the pack as a whole.
  readonly part: string; // 'fields.netAmount', 'where', 'checks', 'layout.entities.Vendor', 'title'
  readonly before?: Json; // Absent: it was not there.
  readonly after?: Json; // Absent: it is gone.
};

type JsonObject = { readonly [key: string]: Json | undefined };

/** What is different between two packs: field by field within mappings, which go by name. */
export function diffPacks(before: AnyPack, after: AnyPack): readonly PackDifference[] {
  const [left, right] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => {
    const [a, b] = [left.get(name), right.get(name)];
    if (a !== undefined && b !== undefined && canonicalJson(a.value) === canonicalJson(b.value)) {
      return [];
    }
    const place = a ?? b;
    if (place === undefined) return [];
    const { mapping, part } = place;
    return [
      {
        ...(mapping === undefined ? {} : { mapping }),
        part,
        ...(a === undefined ? {} : { before: a.value }),
        ...(b === undefined ? {} : { after: b.value }),
      },
    ];
  });
}

type Part = { readonly mapping?: string; readonly part: string; readonly value: Json };

function partsOf(pack: AnyPack): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  const put = (part: Part): void => {
    parts.set(`${part.mapping ?? ''}\0${part.part}`, part);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a pack is JSON by its schema.
  const { mappings, layout, version: _, ...rest } = pack as unknown as JsonObject;
  for (const [part, value] of entriesOf(rest)) put({ part, value });
  if (isObject(layout)) {
    const { entities, ...other } = layout;
    for (const [part, value] of entriesOf(other)) put({ part: `layout.${part}`, value });
    for (const [entity, value] of entriesOf(entities)) {
      put({ part: `layout.entities.${entity}`, value });
    }
  }
  for (const one of Array.isArray(mappings) ? mappings : []) {
    if (!isObject(one)) continue;
    const { fields, name, ...other } = one;
    const mapping = [name, other['kind']].find((text) => typeof text === 'string') ?? '';
    for (const [part, value] of entriesOf(other)) put({ mapping, part, value });
    for (const [field, value] of entriesOf(fields))
      put({ mapping, part: `fields.${field}`, value });
  }
  return parts;
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, part]]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
