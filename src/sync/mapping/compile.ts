import { because } from '#kernel';
import type { Json } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  parseDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { Document, MappingProblem, Row } from './document.ts';
import type { Condition, Expression, Operation } from './expression.ts';
import { badMapping, columnAt, HEADER, nodeNamed, partsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { say } from '../sentences.ts';

/** What an expression is evaluated on: a row of a document. */
export type Scope = { readonly document: Document; readonly row: Row; readonly position: number };

/** A value that could not be made, and why. */
export class Trouble {
  readonly problem: MappingProblem;
  constructor(problem: MappingProblem) {
    this.problem = problem;
  }
}

export type Value = Json | undefined | Trouble;
export type Compiled = (scope: Scope) => Value;
type Cell = (scope: Scope) => string | undefined;
type Where = { readonly plan: Plan; readonly row: string };

/** Turns an expression into a function that never throws. `row`: HEADER or a child's alias. */
export function compile(plan: Plan, expression: Expression, row = HEADER): Compiled {
  const where = { plan, row };
  if (!('op' in expression)) {
    if ('const' in expression) return () => expression.const;
    return cellOf(plan, row, expression.column);
  }
  switch (expression.op) {
    case 'header':
      return cellOf(plan, HEADER, expression.column);
    case 'ref':
      return cellOf(plan, expression.lookup, expression.column);
    case 'position':
      return ({ position }) => String(position);
    case 'from':
    case 'sum':
      return compileChild(plan, expression);
    case 'object':
      return compileFields(plan, expression.fields, row);
    case 'when':
      return compileWhen(where, expression);
    case 'money':
    case 'quantity':
      return compilePair(where, expression);
    case 'concat':
    case 'list':
    case 'coalesce':
    case 'multiply':
    case 'add':
    case 'subtract':
      return compileSeveral(where, expression);
    case 'attempt': {
      const of = compile(plan, expression.of, row);
      const other = expression.else === undefined ? undefined : compile(plan, expression.else, row);
      return (scope) => {
        const value = of(scope);
        return value instanceof Trouble ? other?.(scope) : value;
      };
    }
    case 'trim':
    case 'upper':
    case 'lower':
    case 'date':
    case 'decimal':
    case 'integer':
    case 'boolean':
    case 'lookup':
      return compileReading(where, expression);
  }
}

/** The cells an expression looks at first: where to send a person who has to correct it. */
export function originOf(
  plan: Plan,
  expression: Expression,
  row = HEADER,
): (scope: Scope) => MappingProblem {
  const source = firstCell(expression, row);
  if (source === undefined) {
    return ({ row: at }) => ({ file: at.file, line: at.line, reason: '' });
  }
  const cell = cellOf(plan, source.alias, source.column);
  const onHeader = nodeNamed(plan, source.alias).level === HEADER;
  const lookup = nodeNamed(plan, source.alias).role === 'lookup';
  const column = lookup ? `${source.alias}.${source.column}` : source.column;
  return (scope) => {
    const at = onHeader ? scope.document.header : scope.row;
    const value = cell(scope);
    const place = { file: at.file, line: at.line, column, reason: '' };
    return value === undefined ? place : { ...place, value };
  };
}

/** Whether a condition holds. What cannot be read does not hold. */
export function compileCondition(where: Where, condition: Condition): (scope: Scope) => boolean {
  const sub = (expression: Expression): Compiled => compile(where.plan, expression, where.row);
  if ('equals' in condition) {
    const [left, right] = [sub(condition.equals[0]), sub(condition.equals[1])];
    return (scope) => textOf(left(scope)) === textOf(right(scope));
  }
  if ('above' in condition) {
    const [left, right] = [sub(condition.above[0]), sub(condition.above[1])];
    return (scope) => {
      const [a, b] = [numberOf(left(scope)), numberOf(right(scope))];
      return a !== undefined && b !== undefined && compareDecimals(a, b) > 0;
    };
  }
  if ('in' in condition) {
    const [of, values] = [sub(condition.in), new Set(condition.values)];
    return (scope) => values.has(textOf(of(scope)) ?? '\0');
  }
  if ('present' in condition) {
    const of = sub(condition.present);
    return (scope) => textOf(of(scope)) !== undefined;
  }
  if ('not' in condition) {
    const of = compileCondition(where, condition.not);
    return (scope) => !of(scope);
  }
  const all = 'all' in condition;
  const parts = (all ? condition.all : condition.any).map((part) => compileCondition(where, part));
  return (scope) => (all ? parts.every((part) => part(scope)) : parts.some((part) => part(scope)));
}

/** An object of the fields that are present. Absent when none is. */
export function compileFields(
  plan: Plan,
  fields: Readonly<Record<string, Expression>>,
  row: string,
): Compiled {
  const compiled = Object.entries(fields).map(
    ([name, expression]) => [name, compile(plan, expression, row)] as const,
  );
  return (scope) => {
    const made: Record<string, Json> = {};
    for (const [name, field] of compiled) {
      const value = field(scope);
      if (value instanceof Trouble) return named(value, name);
      if (value !== undefined) made[name] = value;
    }
    return Object.keys(made).length === 0 ? undefined : made;
  };
}

export function named(trouble: Trouble, name: string): Trouble {
  const { field } = trouble.problem;
  const path = field === undefined ? name : `${name}${field.startsWith('[') ? '' : '.'}${field}`;
  return new Trouble({ ...trouble.problem, field: path });
}

function cellOf(plan: Plan, alias: string, column: string): Cell {
  const node = nodeNamed(plan, alias);
  const at = node.used.indexOf(columnAt(plan, node.entity, column));
  const level = plan.nodes.filter((other) => other.role === 'lookup' && other.level === node.level);
  const place = node.role === 'lookup' ? level.indexOf(node) + 1 : 0;
  const read = (row: Row): string | undefined => {
    const text = row.cells[place]?.[at];
    return text === null || text === undefined || text.trim() === '' ? undefined : text;
  };
  return node.level === HEADER ? ({ document }) => read(document.header) : ({ row }) => read(row);
}

function firstCell(
  expression: Expression,
  row: string,
): { readonly alias: string; readonly column: string } | undefined {
  if (!('op' in expression)) {
    return 'column' in expression ? { alias: row, column: expression.column } : undefined;
  }
  if (expression.op === 'header') return { alias: HEADER, column: expression.column };
  if (expression.op === 'ref') return { alias: expression.lookup, column: expression.column };
  if (expression.op === 'from' || expression.op === 'sum') return undefined;
  for (const part of partsOf(expression)) {
    const found = firstCell(part, row);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compileChild(plan: Plan, expression: Operation<'from' | 'sum'>): Compiled {
  const node = nodeNamed(plan, expression.child);
  if (node.role !== 'child') {
    throw badMapping(plan, `'${node.alias}' is a lookup, not a child`, 'Name one of its children.');
  }
  const place = plan.nodes.filter(({ role }) => role === 'child').indexOf(node);
  const each =
    expression.op === 'from'
      ? compileFields(plan, expression.fields, node.alias)
      : numeric(plan, expression.of, node.alias);
  const adds = expression.op === 'sum';
  return ({ document }) => {
    const made: Json[] = [];
    let total = decimal('0');
    for (const [at, row] of (document.children[place] ?? []).entries()) {
      const value = each({ document, row, position: at + 1 });
      if (value instanceof Trouble) return adds ? value : named(value, `[${at + 1}]`);
      if (adds) total = addDecimals(total, numberOf(value) ?? decimal('0'));
      else if (value !== undefined) made.push(value);
    }
    return adds ? total : made;
  };
}

function compileWhen(where: Where, expression: Operation<'when'>): Compiled {
  const cases = expression.cases.map((one) => ({
    holds: compileCondition(where, one.if),
    value: compile(where.plan, one.then, where.row),
  }));
  const other =
    expression.else === undefined ? undefined : compile(where.plan, expression.else, where.row);
  return (scope) => {
    const found = cases.find(({ holds }) => holds(scope));
    return found === undefined ? other?.(scope) : found.value(scope);
  };
}

function compilePair(where: Where, expression: Operation<'money' | 'quantity'>): Compiled {
  const [amount, unit] = expression.op === 'money' ? ['amount', 'currency'] : ['value', 'unit'];
  const of = numeric(where.plan, expression.of, where.row);
  const second = compile(
    where.plan,
    expression.op === 'money' ? expression.currency : expression.unit,
    where.row,
  );
  return (scope) => {
    const [value, of2] = [of(scope), second(scope)];
    if (value === undefined || value instanceof Trouble) return value;
    if (of2 instanceof Trouble) return of2;
    return of2 === undefined ? { [amount]: value } : { [amount]: value, [unit]: of2 };
  };
}

type Several = Operation<'concat' | 'list' | 'coalesce' | 'multiply' | 'add' | 'subtract'>;

function compileSeveral({ plan, row }: Where, expression: Several): Compiled {
  const { op } = expression;
  if (op === 'multiply' || op === 'add' || op === 'subtract') {
    const parts = expression.of.map((part) => numeric(plan, part, row));
    const combine = { multiply: multiplyDecimals, add: addDecimals, subtract: subtractDecimals }[
      op
    ];
    return (scope) => {
      let total: Decimal | undefined;
      for (const part of parts) {
        const value = part(scope);
        const number = numberOf(value);
        if (number === undefined) return value instanceof Trouble ? value : undefined;
        total = total === undefined ? number : combine(total, number);
      }
      return total;
    };
  }
  const parts = expression.of.map((part) => compile(plan, part, row));
  return (scope) => {
    const values: Json[] = [];
    for (const part of parts) {
      const value = part(scope);
      if (value instanceof Trouble) return value;
      if (value !== undefined && op === 'coalesce') return value;
      if (value !== undefined) values.push(value);
    }
    if (op === 'list') return values;
    if (op === 'coalesce' || values.length === 0) return undefined;
    return values
      .map((value) => textOf(value) ?? '')
      .join('with' in expression ? expression.with : '');
  };
}

type Reading = Operation<
  'trim' | 'upper' | 'lower' | 'date' | 'decimal' | 'integer' | 'boolean' | 'lookup'
>;

function compileReading({ plan, row }: Where, expression: Reading): Compiled {
  const of = compile(plan, expression.of, row);
  const origin = originOf(plan, expression.of, row);
  const read = readerOf(expression);
  return (scope) => {
    const value = of(scope);
    if (value === undefined || value instanceof Trouble) return value;
    const text = textOf(value) ?? '';
    const made = read(text);
    if (typeof made !== 'object') return made;
    return new Trouble({ ...origin(scope), value: text.slice(0, 200), ...made });
  };
}

/** What a text reads as, or why it does not. */
function readerOf(
  expression: Reading,
): (text: string) => string | number | boolean | ReturnType<typeof because> {
  switch (expression.op) {
    case 'trim':
      return (text) => text.trim();
    case 'upper':
      return (text) => text.toUpperCase();
    case 'lower':
      return (text) => text.toLowerCase();
    case 'date':
      return (text) => readDate(text) ?? because(say('no-date', {}));
    case 'decimal':
      return (text) => parseDecimal(text.trim()) ?? because(say('no-number', {}));
    case 'integer':
      return (text) =>
        /^-?\d{1,15}$/.test(text.trim())
          ? Number(text.trim())
          : because(say('no-whole-number', {}));
    case 'boolean': {
      const [yes, no] = [new Set(expression.true), new Set(expression.false)];
      const wanted = [...yes, ...no].join(', ');
      return (text) => {
        if (yes.has(text.trim())) return true;
        return no.has(text.trim()) ? false : because(say('no-yes-or-no', { known: wanted }));
      };
    }
    case 'lookup': {
      const { table, default: fallback } = expression;
      const known = new Map(Object.entries(table));
      const wanted = [...known.keys()].slice(0, 20).join(', ');
      return (text) =>
        known.get(text.trim()) ?? fallback ?? because(say('not-in-table', { known: wanted }));
    }
  }
}

function readDate(text: string): string | undefined {
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.exec(
      text.trim(),
    );
  return match === null ? undefined : parseLocalDate(match[1] ?? '');
}

/** As `compile`, with text read as a decimal. */
function numeric(plan: Plan, expression: Expression, row: string): Compiled {
  const reads =
    !('op' in expression) || ['header', 'ref', 'trim', 'coalesce'].includes(expression.op);
  return compile(plan, reads ? { op: 'decimal', of: expression } : expression, row);
}

function numberOf(value: Value): Decimal | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : parseDecimal(text.trim());
}

function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
