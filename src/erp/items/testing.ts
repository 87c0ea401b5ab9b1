import { transact } from '#database';
import type { Database } from '#database';
import { createLegalEntity } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import { instantOf, localDate } from '#kernel/time';
import { createItems } from './create-items.ts';
import type { ItemDraft } from './item.ts';

/** Who works in tests, and when. */
export const context: ErpContext = {
  clock: () => instantOf(1_760_000_000_000), // 2025-10-09
  by: 'anna',
  legalEntity: 'RI',
};
export const on = localDate('2025-10-09');
export const bolt: ItemDraft = { name: 'Bolt', kind: 'raw', baseUnit: 'C62' };

export const foundEntity = (database: Database): Promise<unknown> =>
  transact(database, (tx) =>
    createLegalEntity(tx, context, {
      code: 'RI',
      name: 'Rialto',
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    }),
  );

/** What was accepted. */
export const valueOf = <T>(result: Result<T> | undefined): T => {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
};

/** 'ok', or the refusal's code. */
export const codeOf = (result: Result<unknown> | undefined): string =>
  result === undefined || result.ok ? 'ok' : result.problem.code;

/** Creates items, each a bolt but for what is said. */
export async function newItems(
  database: Database,
  ...drafts: readonly Partial<ItemDraft>[]
): Promise<string[]> {
  const made = await transact(database, (tx) =>
    createItems(
      tx,
      context,
      drafts.map((draft) => ({ ...bolt, ...draft })),
    ),
  );
  return made.map((one) => valueOf(one).id);
}
