import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import { bomOn, findCycle } from './explode-bom.ts';
import type { Bom } from './explode-bom.ts';
import { itemFacts } from './list-items.ts';

/** A version of a bill of material as it is asked for. */
export type BomDraft = Omit<Bom, 'id' | 'validTo'> & { readonly validTo?: LocalDate | undefined };

const ZERO = decimal('0');
const HUNDRED = decimal('100');

/** Writes bills of material. What would make an item of itself, by any way, is refused. */
export async function createBoms(
  tx: Handle,
  context: ErpContext,
  drafts: readonly BomDraft[],
): Promise<readonly Result<{ id: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('erp_items.bom', 0))`);
  const named = drafts.flatMap(({ item, lines }) => [item, ...lines.map((line) => line.component)]);
  const items = await itemFacts(tx, named);
  const partsOf = await partsBelow(tx, [...new Set(named)]);
  const versions = await versionsOf(tx, drafts);
  const made: (BomDraft & { readonly id: string })[] = [];
  const decided = drafts.map((draft) => {
    const { item, version, lines } = draft;
    const components = lines.map(({ component }) => component);
    const unknown = [item, ...components].find((id) => !items.has(id));
    if (unknown !== undefined) return refuse('items.unknown-item' as const, `no item ${unknown}`);
    const problem = bomProblem(draft);
    if (problem !== undefined) return problem;
    if (versions.has(`${item} ${version}`)) {
      return refuse('items.code-taken' as const, `version ${version} is there`, 'version');
    }
    if (findCycle(partsOf, item, components) !== undefined) {
      return refuse('items.cycle' as const, 'the item would be made of itself', 'lines');
    }
    versions.add(`${item} ${version}`);
    partsOf.set(item, new Set([...(partsOf.get(item) ?? []), ...components]));
    const id = newId('bom', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await write(tx, context, made);
  return decided;
}

/** The bills that hold on a day, by item; items that are not made are left out. */
export async function bomsOf(
  handle: Handle,
  items: readonly string[],
  on: LocalDate,
): Promise<ReadonlyMap<string, Bom>> {
  const all = await listBoms(handle, items);
  const found = new Map<string, Bom>();
  for (const item of new Set(items)) {
    const bom = bomOn(
      all.filter((each) => each.item === item),
      on,
    );
    if (bom !== undefined) found.set(item, bom);
  }
  return found;
}

/** The bill of one item that holds on a day. */
export const bomOf = async (
  handle: Handle,
  item: string,
  on: LocalDate,
): Promise<Bom | undefined> => (await bomsOf(handle, [item], on)).get(item);

/** Every version of the bills of these items. */
export async function listBoms(handle: Handle, items: readonly string[]): Promise<readonly Bom[]> {
  const found = await rows<{ bom: Bom }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', b.id, 'item', b.item, 'version', b.version,
        'baseQuantity', b.base_quantity::text, 'validFrom', b.valid_from, 'validTo', b.valid_to,
        'lines', (select jsonb_agg(jsonb_build_object('line', l.line, 'component', l.component,
            'quantity', l.quantity::text, 'scrapPercent', l.scrap_percent::text,
            'operation', l.operation) order by l.line)
          from erp_items.bom_line l where l.bom = b.id))) as bom
      from erp_items.bom b where b.item = any(${[...new Set(items)]})
      order by b.item, b.valid_from, b.id`,
  );
  return found.map(({ bom }) => bom);
}

function bomProblem(draft: BomDraft): Refusal<ItemsProblemCode> | undefined {
  const { item, version, lines, baseQuantity, validFrom, validTo } = draft;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [version !== '', 'version', 'a version has a name'],
    [lines.length > 0, 'lines', 'a bill has lines'],
    [new Set(lines.map(({ line }) => line)).size === lines.length, 'lines', 'a line comes twice'],
    [compareDecimals(baseQuantity, ZERO) > 0, 'baseQuantity', 'a bill makes something'],
    [
      lines.every(({ quantity }) => compareDecimals(quantity, ZERO) > 0),
      'lines',
      'a component is needed in a positive quantity',
    ],
    [
      lines.every(
        ({ scrapPercent }) =>
          compareDecimals(scrapPercent, ZERO) >= 0 && compareDecimals(scrapPercent, HUNDRED) < 0,
      ),
      'lines',
      'scrap is between 0 and 100 percent',
    ],
    [validTo === undefined || validTo >= validFrom, 'validTo', 'the bill ends before it begins'],
  ];
  const failed = checks.find(([right]) => !right);
  if (failed !== undefined) return refuse('items.invalid', failed[2], failed[1]);
  return lines.some(({ component }) => component === item)
    ? refuse('items.cycle', 'the item would be made of itself', 'lines')
    : undefined;
}

/** Everything below these items, as edges. */
async function partsBelow(tx: Handle, items: readonly string[]): Promise<Map<string, Set<string>>> {
  const edges = await rows<{ item: string; component: string }>(
    tx,
    sql`with recursive below (item, component) as (
        select item, component from erp_items.bom_line where item = any(${items})
        union
        select l.item, l.component from below b join erp_items.bom_line l on l.item = b.component
      ) select item, component from below`,
  );
  const parts = new Map<string, Set<string>>();
  for (const { item, component } of edges) {
    parts.set(item, (parts.get(item) ?? new Set()).add(component));
  }
  return parts;
}

async function versionsOf(tx: Handle, drafts: readonly BomDraft[]): Promise<Set<string>> {
  const found = await rows<{ item: string; version: string }>(
    tx,
    sql`select item, version from erp_items.bom where item = any(${drafts.map((one) => one.item)})`,
  );
  return new Set(found.map(({ item, version }) => `${item} ${version}`));
}

async function write(
  tx: Handle,
  context: ErpContext,
  boms: readonly (BomDraft & { readonly id: string })[],
): Promise<void> {
  await insertRows(
    tx,
    'erp_items.bom',
    {
      id: 'text',
      item: 'text',
      version: 'text',
      base_quantity: 'numeric',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    boms.map(({ id, item, version, baseQuantity, validFrom, validTo }) => ({
      id,
      item,
      version,
      base_quantity: baseQuantity,
      valid_from: validFrom,
      valid_to: validTo,
      created_by: context.by,
      created_at: context.clock(),
    })),
  );
  await insertRows(
    tx,
    'erp_items.bom_line',
    {
      bom: 'text',
      line: 'text',
      item: 'text',
      component: 'text',
      quantity: 'numeric',
      scrap_percent: 'numeric',
      operation: 'text',
    },
    boms.flatMap(({ id, item, lines }) =>
      lines.map(({ line, component, quantity, scrapPercent, operation }) => ({
        bom: id,
        line,
        item,
        component,
        quantity,
        scrap_percent: scrapPercent,
        operation,
      })),
    ),
  );
}
