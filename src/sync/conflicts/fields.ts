import { z } from 'zod';
import { RECORD_SCHEMAS } from '#canonical';
import type { RecordKind } from '#canonical';

/** The fields of a kind that a rule can name: `lines`, `lines.unitPrice`; an amount is one field. */
export function fieldsOf(kind: RecordKind): readonly string[] {
  return inside(RECORD_SCHEMAS[kind], '');
}

function inside(schema: z.core.$ZodType, at: string): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return inside(schema.unwrap(), at);
  }
  const own = at === '' ? [] : [at];
  if (schema instanceof z.ZodArray) return inside(schema.element, at);
  if (!(schema instanceof z.ZodObject)) return own;
  const parts: readonly (readonly [string, z.core.$ZodType])[] = Object.entries(schema.shape);
  const names = parts
    .map(([name]) => name)
    .toSorted()
    .join(' ');
  if (names === 'unit value' || names === 'amount currency') return own;
  return [
    ...own,
    ...parts.flatMap(([name, part]) => inside(part, at === '' ? name : `${at}.${name}`)),
  ];
}
