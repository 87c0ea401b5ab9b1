import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { createAccounts, listAccounts } from './account.ts';
import { setDetermination } from './determination.ts';
import { forgetMasters } from './masters.ts';
import { STANDARD_CHART, STANDARD_DETERMINATION } from './standard-chart.ts';

/** What a legal entity has decided about its books. */
export type LedgerSettings = {
  readonly fourEyes: boolean; // Manual entries are parked by one and approved by another.
};

/** Gives a new legal entity the standard chart and determination. Again: adds what is missing. */
export async function installLedger(tx: Handle, context: ErpContext): Promise<void> {
  await createAccounts(tx, context, STANDARD_CHART); // Those that are there are refused, and stay.
  if ((await listAccounts(tx, context.legalEntity)).length === 0) return;
  const [known] = await rows(
    tx,
    sql`select 1 from erp_ledger.determination where legal_entity = ${context.legalEntity} limit 1`,
  );
  if (known === undefined) await setDetermination(tx, context, STANDARD_DETERMINATION);
}

/** What the legal entity decided; nothing decided: no four eyes. */
export async function readLedgerSettings(
  handle: Handle,
  legalEntity: string,
): Promise<LedgerSettings> {
  const [found] = await rows<LedgerSettings>(
    handle,
    sql`select four_eyes as "fourEyes" from erp_ledger.setting where legal_entity = ${legalEntity}`,
  );
  return found ?? { fourEyes: false };
}

/** Decides for the context's legal entity. */
export async function changeLedgerSettings(
  tx: Handle,
  context: ErpContext,
  settings: LedgerSettings,
): Promise<void> {
  await rows(
    tx,
    sql`insert into erp_ledger.setting (legal_entity, four_eyes)
      values (${context.legalEntity}, ${settings.fourEyes})
      on conflict (legal_entity) do update set four_eyes = excluded.four_eyes`,
  );
  forgetMasters(tx, context.legalEntity);
}
