import type { Expression } from './expression.ts';
import type { Pack } from './pack.ts';
import { columnAt, partsOf, planOf } from './plan.ts';
import type { Node, Plan } from './plan.ts';

/** What of an entity's rows is kept, by places of columns in the file. */
export type Extract = {
  readonly columns: readonly number[]; // Those SQL joins, selects and sorts by.
  readonly numbers: readonly number[]; // Of these, those it sorts by: as numbers where they are.
  readonly data: readonly number[]; // Those that mappings read.
};

/** Lays out all mappings of a pack. Those that read one entity read the same columns of it. */
export function plansOf(pack: Pack): readonly Plan[] {
  const plans = pack.mappings.map((mapping) => planOf(pack, mapping));
  for (const { nodes } of plans) {
    for (const node of nodes) {
      const { data } = extractOf(plans, node.entity);
      node.used.splice(0, node.used.length, ...data);
    }
  }
  return plans;
}

/** What these mappings need of an entity. */
export function extractOf(plans: readonly Plan[], entity: string): Extract {
  const columns = new Set<number>();
  const numbers = new Set<number>();
  const data = new Set<number>();
  const note = (plan: Plan, node: Node): void => {
    const parent = plan.nodes.find(({ alias }) => alias === node.parent);
    const joined = parent?.entity === entity ? node.on.map(([, parents]) => parents) : [];
    for (const at of joined) columns.add(at);
    if (node.entity !== entity) return;
    for (const [own] of [...node.on, ...node.where]) columns.add(own);
    for (const at of node.used) data.add(at);
    if (node.orderBy !== undefined) numbers.add(node.orderBy);
  };
  for (const plan of plans) {
    for (const node of plan.nodes) note(plan, node);
    const keys = plan.mapping.from === entity ? keyColumns(plan, plan.mapping.key) : [];
    for (const at of keys) columns.add(at);
  }
  return { columns: sorted(columns.union(numbers)), numbers: sorted(numbers), data: sorted(data) };
}

function keyColumns(plan: Plan, key: Expression): readonly number[] {
  if ('op' in key) return partsOf(key).flatMap((part) => keyColumns(plan, part));
  if (!('column' in key)) return [];
  return [columnAt(plan, plan.mapping.from, key.column)];
}

function sorted(places: ReadonlySet<number>): number[] {
  return [...places].toSorted((a, b) => a - b);
}
