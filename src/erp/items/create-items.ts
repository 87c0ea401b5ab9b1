import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { localDate, millisecondsOf } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import { ITEM_COLUMNS, ITEM_DEFAULTS, itemProblem, itemRowOf } from './item.ts';
import type { ItemDraft, ItemFields } from './item.ts';

type Created = { readonly id: string; readonly number: string };

/** Creates items. A number that is given must be free; others come from the series 'ITEM'. */
export async function createItems(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ItemDraft[],
): Promise<readonly Result<Created, ItemsProblemCode>[]> {
  const now = context.clock();
  const [groups, taken] = [await groupsOf(tx, drafts), await numbersTaken(tx, context, drafts)];
  const accepted: { fields: ItemFields; id: string; number: string | undefined }[] = [];
  const decided = drafts.map((draft) => {
    const { number, ...given } = draft;
    const fields: ItemFields = { ...ITEM_DEFAULTS, ...given };
    const problem = itemProblem(fields, groups);
    if (problem !== undefined) return problem;
    if (number !== undefined && taken.has(number)) {
      return refuse('items.number-taken' as const, `item ${number} is there already`, 'number');
    }
    if (number !== undefined) taken.add(number);
    const made = { fields, id: newId('item', millisecondsOf(now)), number };
    accepted.push(made);
    return accept(made);
  });
  const series = accepted.filter(({ number }) => number === undefined).length;
  const numbers =
    series === 0
      ? []
      : await takeNumbers(tx, context.legalEntity, 'ITEM', localDate(now.slice(0, 10)), series);
  let next = 0;
  const numberOf = new Map<string, string>();
  for (const { id, number } of accepted) numberOf.set(id, number ?? numbers[next++] ?? '');
  await insertRows(
    tx,
    'erp_items.item',
    {
      ...ITEM_COLUMNS,
      created_by: 'text',
      created_at: 'timestamptz',
      changed_by: 'text',
      changed_at: 'timestamptz',
    },
    accepted.map(({ fields, id }) => ({
      ...itemRowOf({
        ...fields,
        id,
        legalEntity: context.legalEntity,
        number: numberOf.get(id) ?? '',
      }),
      created_by: context.by,
      created_at: now,
      changed_by: context.by,
      changed_at: now,
    })),
  );
  return decided.map((each) =>
    each.ok ? accept({ id: each.value.id, number: numberOf.get(each.value.id) ?? '' }) : each,
  );
}

/** The groups that drafts name and that exist. */
export async function groupsOf(
  tx: Handle,
  drafts: readonly { readonly itemGroup?: string | undefined }[],
): Promise<Set<string>> {
  const codes = [...new Set(drafts.flatMap(({ itemGroup }) => itemGroup ?? []))];
  if (codes.length === 0) return new Set();
  const found = await rows<{ code: string }>(
    tx,
    sql`select code from erp_items.item_group where code = any(${codes}) for share`,
  );
  return new Set(found.map(({ code }) => code));
}

/** Given numbers that stand already; whoever gives numbers waits for who did before. */
async function numbersTaken(
  tx: Handle,
  { legalEntity }: ErpContext,
  drafts: readonly ItemDraft[],
): Promise<Set<string>> {
  const given = [...new Set(drafts.flatMap(({ number }) => number ?? []))];
  if (given.length === 0) return new Set();
  const lock = `erp_items.item ${legalEntity}`;
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const found = await rows<{ number: string }>(
    tx,
    sql`select number from erp_items.item
      where legal_entity = ${legalEntity} and number = any(${given})`,
  );
  return new Set(found.map(({ number }) => number));
}
