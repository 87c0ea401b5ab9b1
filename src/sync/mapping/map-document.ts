import { checkContent } from '#canonical';
import type { CanonicalRecord, ContentProblem } from '#canonical';
import type { Json } from '#kernel';
import { compareDecimals, parseDecimal } from '#kernel/decimal';
import { parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { compile, compileCondition, named, originOf, Trouble } from './compile.ts';
import type { Scope, Value } from './compile.ts';
import type { Document, MappingProblem } from './document.ts';
import { HEADER, nodeNamed } from './plan.ts';
import type { Plan } from './plan.ts';
import { repeatedNumbers } from './repeated-numbers.ts';

/** What a document turned out to be. */
export type Mapped =
  | {
      readonly kind: 'record';
      readonly record: CanonicalRecord;
      readonly sourceAt: Instant | undefined;
    }
  | { readonly kind: 'left-out' } // The mapping's `where` says it is no record.
  | { readonly kind: 'problems'; readonly problems: readonly MappingProblem[] };

/** Maps one document: a pure function that never throws, whatever the rows hold. */
export type MapDocument = (document: Document) => Mapped;

const PROBLEMS_MAX = 20;

/** Compiles a mapping. Fails with `sync.bad-mapping` when it names what is not there. */
export function compileMapping(plan: Plan): MapDocument {
  const { mapping } = plan;
  const wanted =
    mapping.where === undefined
      ? undefined
      : compileCondition({ plan, row: HEADER }, mapping.where);
  const fields = Object.entries(mapping.fields).map(
    ([name, expression]) => [name, compile(plan, expression)] as const,
  );
  const checks = (mapping.checks ?? []).map((check) => compileCheck(plan, check));
  const sourceAt = mapping.sourceAt === undefined ? undefined : compile(plan, mapping.sourceAt);
  return (document) => {
    const scope = { document, row: document.header, position: 1 };
    if (wanted?.(scope) === false) return { kind: 'left-out' };
    const content: Record<string, Json> = {};
    const problems: MappingProblem[] = [];
    for (const [name, field] of fields) {
      const value = field(scope);
      if (value instanceof Trouble) problems.push(named(value, name).problem);
      else if (value !== undefined) content[name] = value;
    }
    if (problems.length > 0) return { kind: 'problems', problems };
    const checked = checkContent(mapping.kind, content);
    const wrong = checked.ok ? repeatedNumbers(checked.record.content) : checked.problems;
    if (!checked.ok || wrong.length > 0) {
      const found = wrong.slice(0, PROBLEMS_MAX);
      return {
        kind: 'problems',
        problems: found.map((problem) => located(plan, scope, content, problem)),
      };
    }
    const broken = checks.flatMap((check) => check(scope) ?? []);
    if (broken.length > 0) return { kind: 'problems', problems: broken };
    return { kind: 'record', record: checked.record, sourceAt: instantOf(sourceAt?.(scope)) };
  };
}

/** Says where in the source the field of a path such as `lines.3.item` comes from. */
export function placeOf(plan: Plan, document: Document, path: string): MappingProblem {
  const [name = '', at, ...rest] = path.split('.');
  const expression = plan.mapping.fields[name];
  const scope = { document, row: document.header, position: 1 };
  if (expression === undefined) {
    return { field: path, file: document.header.file, line: document.header.line, reason: '' };
  }
  if (!('op' in expression) || expression.op !== 'from') {
    return { ...originOf(plan, expression)(scope), field: path };
  }
  const children = plan.nodes.filter(({ role }) => role === 'child');
  const place = children.indexOf(nodeNamed(plan, expression.child));
  const row = document.children[place]?.[Number(at)];
  const inner = expression.fields[rest[0] ?? ''];
  if (row === undefined) return { ...originOf(plan, expression)(scope), field: path };
  const field = `${name}[${Number(at) + 1}]${rest.map((part) => `.${part}`).join('')}`;
  if (inner === undefined) return { field, file: row.file, line: row.line, reason: '' };
  const origin = originOf(plan, inner, expression.child);
  return { ...origin({ document, row, position: Number(at) + 1 }), field };
}

type Check = NonNullable<Plan['mapping']['checks']>[number];

function compileCheck(plan: Plan, check: Check): (scope: Scope) => MappingProblem | undefined {
  const left = compile(plan, check.left);
  const right = compile(plan, check.equals);
  const origin = originOf(plan, check.left);
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    if (a instanceof Trouble) return { ...a.problem, field: check.field };
    if (b instanceof Trouble) return { ...b.problem, field: check.field };
    if (equal(a, b)) return undefined;
    const reason = check.reason
      .replaceAll('{left}', () => shown(a))
      .replaceAll('{right}', () => shown(b));
    return { ...origin(scope), field: check.field, reason };
  };
}

function equal(a: Value, b: Value): boolean {
  const [x, y] = [a, b].map((value) =>
    typeof value === 'string' ? parseDecimal(value.trim()) : undefined,
  );
  return x !== undefined && y !== undefined ? compareDecimals(x, y) === 0 : a === b;
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function located(plan: Plan, scope: Scope, content: Json, problem: ContentProblem): MappingProblem {
  const place = placeOf(plan, scope.document, problem.field);
  const missing = valueAt(content, problem.field) === undefined;
  return {
    ...place,
    reason: missing ? missingReason(problem.field, place.column) : problem.reason,
  };
}

function missingReason(field: string, column: string | undefined): string {
  const name = field.split('.').at(-1) ?? field;
  return column === undefined
    ? `${name} is needed, and the mapping finds none`
    : `${name} is needed, and column ${column} is empty`;
}

function valueAt(content: Json, path: string): Json | undefined {
  let at: Json | undefined = content;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists are read by index too.
    at = (at as { readonly [key: string]: Json | undefined })[part];
  }
  return at;
}

function instantOf(value: Value): Instant | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().replace(' ', 'T');
  return parseInstant(text) ?? parseInstant(`${text}Z`) ?? parseInstant(`${text}T00:00:00Z`);
}
