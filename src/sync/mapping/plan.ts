import { syncError } from '../errors.ts';
import type { Condition, Expression } from './expression.ts';
import type { Mapping, Pack } from './pack.ts';

/** The header row's name among the rows of a document. */
export const HEADER = '';

/** One place in a document that rows come from, joined to another such place. */
export type Node = {
  readonly alias: string; // HEADER, or the `as` of a child or lookup.
  readonly role: 'header' | 'child' | 'lookup';
  readonly entity: string;
  readonly parent: string;
  readonly level: string; // HEADER or a child's alias: whose rows this node widens.
  readonly on: readonly (readonly [own: number, parents: number])[];
  readonly where: readonly (readonly [own: number, text: string])[];
  readonly orderBy: number | undefined;
  readonly used: number[]; // Columns that the mapping reads, by their place in the file.
};

/** Which rows make a document, and which of their columns the mapping reads. */
export type Plan = {
  readonly mapping: Mapping;
  readonly name: string;
  readonly columns: Readonly<Record<string, readonly string[]>>; // By entity.
  readonly nodes: readonly Node[]; // The header first; a lookup after what it is joined to.
};

/** Lays out a mapping. Fails with `sync.bad-mapping` when it names what is not there. */
export function planOf(pack: Pack, mapping: Mapping): Plan {
  const columns = Object.fromEntries(
    Object.entries(pack.layout.entities).map(([entity, { columns: names }]) => [entity, names]),
  );
  const nodes: Node[] = [];
  const plan = { mapping, name: mapping.name ?? mapping.kind, columns, nodes };
  nodes.push(nodeOf(plan, { alias: HEADER, role: 'header', entity: mapping.from }, {}));
  for (const child of mapping.children ?? []) {
    const named = { alias: child.as, role: 'child' as const, entity: child.entity };
    nodes.push(nodeOf(plan, named, child));
  }
  for (const lookup of mapping.lookups ?? []) {
    const named = { alias: lookup.as, role: 'lookup' as const, entity: lookup.entity };
    nodes.push(nodeOf(plan, named, lookup));
  }
  visitColumns(mapping, (alias, column) => use(plan, alias, column));
  return plan;
}

/** The entities a mapping reads, each once. */
export function entitiesOf(plan: Plan): readonly string[] {
  return [...new Set(plan.nodes.map(({ entity }) => entity))];
}

export function nodeNamed(plan: Plan, alias: string): Node {
  const node = plan.nodes.find((candidate) => candidate.alias === alias);
  if (node !== undefined) return node;
  const known = plan.nodes.map((candidate) => candidate.alias || '(the header)').join(', ');
  throw badMapping(plan, `there are no rows called '${alias}'`, `It has: ${known}.`);
}

/** Where a column stands in its file, from 0. */
export function columnAt(
  plan: Pick<Plan, 'columns' | 'name'>,
  entity: string,
  name: string,
): number {
  const names = plan.columns[entity];
  if (names === undefined) {
    const known = Object.keys(plan.columns).join(', ');
    throw badMapping(plan, `the layout has no entity '${entity}'`, `It has: ${known}.`);
  }
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw badMapping(plan, `${entity} has no column '${name}'`, `It has: ${names.join(', ')}.`);
}

export function badMapping(
  plan: Pick<Plan, 'name'>,
  reason: string,
  remedy: string,
): ReturnType<typeof syncError> {
  return syncError('invalid', 'sync.bad-mapping', `mapping ${plan.name}: ${reason}`, { remedy });
}

type Join = {
  readonly on?: Readonly<Record<string, string>>;
  readonly of?: string | undefined;
  readonly where?: Readonly<Record<string, string>> | undefined;
  readonly orderBy?: string | undefined;
};

function nodeOf(plan: Plan, named: Pick<Node, 'alias' | 'role' | 'entity'>, join: Join): Node {
  const { alias, role, entity } = named;
  const { on = {}, of = HEADER, where = {}, orderBy } = join;
  if (plan.nodes.some((node) => node.alias === alias)) {
    throw badMapping(plan, `two sets of rows are called '${alias}'`, 'Give each its own `as`.');
  }
  const parent = role === 'header' ? undefined : nodeNamed(plan, of);
  columnAt(plan, entity, plan.columns[entity]?.[0] ?? ''); // Fails when there is no such entity.
  return {
    ...named,
    parent: of,
    level: role === 'child' ? alias : (parent?.level ?? HEADER),
    on: Object.entries(on).map(([own, parents]) => [
      columnAt(plan, entity, own),
      columnAt(plan, parent?.entity ?? entity, parents),
    ]),
    where: Object.entries(where).map(([own, text]) => [columnAt(plan, entity, own), text]),
    orderBy: orderBy === undefined ? undefined : columnAt(plan, entity, orderBy),
    used: [],
  };
}

/** Told of each column that a mapping reads, and of whose rows: the header's or an alias's. */
type Visit = (alias: string, column: string) => void;

/** Walks everything a mapping reads. */
export function visitColumns(
  mapping: Pick<Mapping, 'where' | 'sourceAt' | 'fields' | 'checks'> &
    Partial<Pick<Mapping, 'key'>>,
  visit: Visit,
): void {
  if (mapping.key !== undefined) note(visit, mapping.key, HEADER);
  if (mapping.where !== undefined) noteCondition(visit, mapping.where, HEADER);
  if (mapping.sourceAt !== undefined) note(visit, mapping.sourceAt, HEADER);
  for (const field of Object.values(mapping.fields)) note(visit, field, HEADER);
  for (const { left, equals } of mapping.checks ?? []) {
    note(visit, left, HEADER);
    note(visit, equals, HEADER);
  }
}

function use(plan: Plan, alias: string, column: string): void {
  const node = nodeNamed(plan, alias);
  const at = columnAt(plan, node.entity, column);
  if (!node.used.includes(at)) node.used.push(at);
}

function note(visit: Visit, expression: Expression, row: string): void {
  if ('column' in expression && !('op' in expression)) {
    visit(row, expression.column);
    return;
  }
  if (!('op' in expression)) return;
  if (expression.op === 'header') visit(HEADER, expression.column);
  if (expression.op === 'ref') visit(expression.lookup, expression.column);
  const inner = expression.op === 'from' || expression.op === 'sum' ? expression.child : row;
  for (const part of partsOf(expression)) note(visit, part, inner);
  if (expression.op === 'when') {
    for (const { if: condition } of expression.cases) noteCondition(visit, condition, row);
  }
}

function noteCondition(visit: Visit, condition: Condition, row: string): void {
  if ('equals' in condition) for (const part of condition.equals) note(visit, part, row);
  if ('above' in condition) for (const part of condition.above) note(visit, part, row);
  if ('in' in condition) note(visit, condition.in, row);
  if ('present' in condition) note(visit, condition.present, row);
  if ('not' in condition) noteCondition(visit, condition.not, row);
  if ('all' in condition) for (const part of condition.all) noteCondition(visit, part, row);
  if ('any' in condition) for (const part of condition.any) noteCondition(visit, part, row);
}

/** The expressions directly inside an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  if (!('op' in expression)) return [];
  const parts: Expression[] = [];
  if ('of' in expression) {
    parts.push(...('length' in expression.of ? expression.of : [expression.of]));
  }
  if ('currency' in expression) parts.push(expression.currency);
  if ('unit' in expression) parts.push(expression.unit);
  if ('fields' in expression) parts.push(...Object.values(expression.fields));
  if (expression.op === 'when') parts.push(...expression.cases.map(({ then }) => then));
  if ('else' in expression && expression.else !== undefined) parts.push(expression.else);
  return parts;
}
