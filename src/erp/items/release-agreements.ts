import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';

/** Something called off an agreement by an order line; minus gives it back. */
export type ReleaseDraft = {
  readonly group?: string; // Those of one are called off all or not at all.
  readonly agreement: string;
  readonly line: string;
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly on: LocalDate;
  readonly source: {
    readonly area: string;
    readonly kind: string;
    readonly id: string;
    readonly line: string;
  };
};

/** How far an agreement's line is called off. */
export type ReleaseFacts = {
  readonly status: 'active' | 'closed';
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | undefined;
  readonly quantityLimit: Decimal | undefined;
  readonly valueLimit: Decimal | undefined;
  readonly quantity: Decimal; // Released so far.
  readonly value: Decimal;
};

const ZERO = decimal('0');

/** What is released after the draft, or why it may not be. */
export function decideRelease(
  facts: ReleaseFacts | undefined,
  draft: ReleaseDraft,
): Result<ReleaseFacts, ItemsProblemCode> {
  if (facts === undefined) {
    return refuse('items.unknown-agreement', 'there is no such line of an agreement', 'agreement');
  }
  const back = compareDecimals(draft.quantity, ZERO) < 0 || compareDecimals(draft.value, ZERO) < 0;
  const { validFrom, validTo, status } = facts;
  const valid = validFrom <= draft.on && (validTo === undefined || validTo >= draft.on);
  if (!back && (status === 'closed' || !valid)) {
    return refuse('items.agreement-not-valid', 'the agreement does not hold on that day', 'on');
  }
  const quantity = addDecimals(facts.quantity, draft.quantity);
  const value = addDecimals(facts.value, draft.value);
  if (compareDecimals(quantity, ZERO) < 0 || compareDecimals(value, ZERO) < 0) {
    return refuse('items.invalid', 'more is given back than was called off', 'quantity');
  }
  return (
    beyond(facts.quantityLimit, quantity, facts.quantity, 'quantity') ??
    beyond(facts.valueLimit, value, facts.value, 'value') ??
    accept({ ...facts, quantity, value })
  );
}

/**
 * Calls off agreements, never beyond a limit: each line is locked, so that of two who want the
 * rest one is refused.
 */
export async function releaseAgreements(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReleaseDraft[],
): Promise<readonly Result<{ id: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  const facts = await lockLines(tx, drafts);
  const decided = decideGroups(facts, drafts, () => newId('rel', millisecondsOf(now)));
  const made = drafts.flatMap((draft, at) => {
    const result = decided[at];
    return result?.ok === true ? [{ ...draft, id: result.value.id }] : [];
  });
  await insertRows(
    tx,
    'erp_items.agreement_release',
    {
      id: 'text',
      agreement: 'text',
      line: 'text',
      source_area: 'text',
      source_kind: 'text',
      source_id: 'text',
      source_line: 'text',
      quantity: 'numeric',
      value: 'numeric',
      released_on: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map(({ id, agreement, line, source, quantity, value, on }) => ({
      id,
      agreement,
      line,
      source_area: source.area,
      source_kind: source.kind,
      source_id: source.id,
      source_line: source.line,
      quantity,
      value,
      released_on: on,
      created_by: context.by,
      created_at: now,
    })),
  );
  return decided;
}

function decideGroups(
  facts: Map<string, ReleaseFacts>,
  drafts: readonly ReleaseDraft[],
  nextId: () => string,
): readonly Result<{ id: string }, ItemsProblemCode>[] {
  const results: Result<{ id: string }, ItemsProblemCode>[] = [];
  const placed = drafts.map((draft, place) => ({ draft, place }));
  for (const members of Map.groupBy(
    placed,
    ({ draft, place }) => draft.group ?? `\u0000${place}`,
  ).values()) {
    const before = new Map(facts);
    let refused: Refusal<ItemsProblemCode> | undefined;
    for (const { draft, place } of members) {
      const key = `${draft.agreement} ${draft.line}`;
      const after: Result<ReleaseFacts, ItemsProblemCode> =
        refused ?? decideRelease(facts.get(key), draft);
      if (after.ok) facts.set(key, after.value);
      else refused ??= after;
      results[place] = after.ok ? accept({ id: nextId() }) : after;
    }
    if (refused === undefined) continue;
    for (const [key, was] of before) facts.set(key, was);
    for (const { place } of members) results[place] = refused;
  }
  return results;
}

/** What documents have called off agreements, by document and line. */
export async function releasesOf(
  handle: Handle,
  agreements: readonly string[],
  documents: readonly string[],
): Promise<ReadonlyMap<string, { readonly quantity: Decimal; readonly value: Decimal }>> {
  const found = await rows<{ key: string; quantity: Decimal; value: Decimal }>(
    handle,
    sql`select source_id || ' ' || source_line as key, sum(quantity)::text as quantity,
        sum(value)::text as value
      from erp_items.agreement_release
      where agreement = any(${[...agreements]}) and source_id = any(${[...documents]})
      group by source_id, source_line`,
  );
  return new Map(found.map(({ key, quantity, value }) => [key, { quantity, value }]));
}

async function lockLines(
  tx: Handle,
  drafts: readonly ReleaseDraft[],
): Promise<Map<string, ReleaseFacts>> {
  const found = await rows<{
    key: string;
    status: 'active' | 'closed';
    valid_from: LocalDate;
    valid_to: LocalDate | null;
    quantity_limit: Decimal | null;
    value_limit: Decimal | null;
    released_quantity: Decimal;
    released_value: Decimal;
  }>(
    tx,
    sql`select l.agreement || ' ' || l.line as key, a.status, a.valid_from, a.valid_to,
        l.quantity_limit, l.value_limit, l.released_quantity, l.released_value
      from erp_items.agreement_line l join erp_items.agreement a on a.id = l.agreement
      where l.agreement = any(${drafts.map(({ agreement }) => agreement)})
        and l.agreement || ' ' || l.line = any(${drafts.map((one) => `${one.agreement} ${one.line}`)})
      order by l.agreement, l.line for update of l`,
  );
  return new Map(
    found.map((row) => [
      row.key,
      {
        status: row.status,
        validFrom: row.valid_from,
        validTo: row.valid_to ?? undefined,
        quantityLimit: row.quantity_limit ?? undefined,
        valueLimit: row.value_limit ?? undefined,
        quantity: row.released_quantity,
        value: row.released_value,
      },
    ]),
  );
}

function beyond(
  limit: Decimal | undefined,
  next: Decimal,
  now: Decimal,
  field: 'quantity' | 'value',
): Refusal<ItemsProblemCode> | undefined {
  if (limit === undefined || compareDecimals(next, limit) <= 0) return undefined;
  const left = subtractDecimals(limit, now);
  return refuse('items.agreement-exceeded', `the agreement has ${left} left to call off`, field);
}
