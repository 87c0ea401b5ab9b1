import type { Json } from '#kernel';
import { parseDecimal } from '#kernel/decimal';
import { NumberLiteral } from '../exact-json.ts';
import type { PrintableJson } from '../exact-json.ts';
import type { Command } from '../write.ts';
import type { Expression, PathExpression } from './expression.ts';
import { valueAt } from './value-at.ts';

/** Why a command cannot be written as the profile wants it: nothing is sent then. */
export type Misfit = { readonly field: string; readonly reason: string };

type Scope = {
  readonly command: Command;
  readonly here: Json; // The payload, or inside `each` a member of one of its lists.
  readonly at: string; // Where `here` stands in the payload.
  readonly misfits: Misfit[];
};

/** Makes what an expression says of a command. Undefined: nothing is there to be sent. */
export function evaluate(
  expression: Expression,
  command: Command,
): { readonly value: PrintableJson | undefined; readonly misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  const value = valueOf(expression, { command, here: command.payload, at: '', misfits });
  return { value, misfits };
}

function valueOf(expression: Expression, scope: Scope): PrintableJson | undefined {
  if ('const' in expression) return expression.const;
  if ('path' in expression) return pathValue(expression, scope);
  if ('reference' in expression) return scope.command.reference;
  if ('target' in expression) return targetValue(expression.target, scope);
  if ('fields' in expression) return fieldsValue(expression.fields, scope);
  if ('list' in expression) return present(expression.list, scope);
  if ('each' in expression) return eachValue(expression, scope);
  if ('join' in expression) {
    return present(expression.join, scope).map(asText).join(expression.with);
  }
  for (const one of expression.first) {
    const value = valueOf(one, scope);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

function pathValue(expression: PathExpression, scope: Scope): PrintableJson | undefined {
  const { path, as, required, lookup } = expression;
  const { field, value } = found(path, scope);
  if (value === undefined || value === null) {
    if (required === true) scope.misfits.push({ field, reason: 'is needed and not there' });
    return undefined;
  }
  if (lookup !== undefined) return lookedUp(value, expression, field, scope);
  if (as !== 'number') return as === 'text' ? asText(value) : value;
  const digits = parseDecimal(asText(value));
  if (digits === undefined) {
    scope.misfits.push({ field, reason: `is no number: '${asText(value).slice(0, 100)}'` });
    return undefined;
  }
  return new NumberLiteral(digits);
}

function lookedUp(
  value: Json,
  { lookup = {}, otherwise }: PathExpression,
  field: string,
  { misfits }: Scope,
): Json | undefined {
  const word = asText(value);
  if (Object.hasOwn(lookup, word)) return lookup[word];
  if (otherwise === undefined) {
    misfits.push({ field, reason: `the profile has no word for '${word.slice(0, 100)}'` });
  }
  return otherwise;
}

function targetValue(part: 'key' | 'version', { command, misfits }: Scope): string | undefined {
  const { target } = command;
  if (target === undefined) {
    misfits.push({ field: 'target', reason: 'the operation needs a target' });
  }
  return target?.[part];
}

function fieldsValue(
  fields: Readonly<Record<string, Expression>>,
  scope: Scope,
): Record<string, PrintableJson | undefined> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, expression]) => [name, valueOf(expression, scope)]),
  );
}

function eachValue(
  { each, of }: { readonly each: string; readonly of: Expression },
  scope: Scope,
): PrintableJson | undefined {
  const { field, value } = found(each, scope);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    scope.misfits.push({ field, reason: 'is no list' });
    return undefined;
  }
  const members: readonly Json[] = value;
  return members.flatMap((here, at) => {
    const made = valueOf(of, { ...scope, here, at: `${field}.${at}.` });
    return made === undefined ? [] : [made];
  });
}

function found(path: string, scope: Scope): { field: string; value: Json | undefined } {
  if (!path.startsWith('$.')) {
    return { field: `${scope.at}${path}`, value: valueAt(scope.here, path) };
  }
  const field = path.slice(2);
  return { field, value: valueAt(scope.command.payload, field) };
}

const present = (expressions: readonly Expression[], scope: Scope): PrintableJson[] =>
  expressions.flatMap((one) => {
    const value = valueOf(one, scope);
    return value === undefined ? [] : [value];
  });

function asText(value: PrintableJson): string {
  if (value instanceof NumberLiteral) return value.digits;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
