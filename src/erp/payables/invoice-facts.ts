import { rows, send, sql } from '#database';
import type { Handle } from '#database';
import { companyCurrencyOf, companyRates, paymentTerms } from '#erp/company';
import { readProjects } from '#erp/company/projects';
import { taxCodes as readTaxCodes } from '#erp/company/tax';
import type { ErpContext } from '#erp/company';
import { lockWithdrawn } from '#erp/inventory/withdrawals';
import { supplierFacts } from '#erp/parties';
import { lockOrders } from '#erp/purchasing';
import type { InvoiceFacts } from './decide-invoice.ts';
import { duplicateKeyOf } from './supplier-invoice.ts';
import type { InvoiceDraft } from './supplier-invoice.ts';

/** Facts that also know what came earlier in the same call. */
export type CallFacts = InvoiceFacts & {
  readonly knowing: (seen: ReadonlyMap<string, string>) => InvoiceFacts;
  readonly note: (seen: Map<string, string>, draft: InvoiceDraft) => void;
};

/** What deciding these invoices needs: one question for each kind of thing; orders are locked. */
export async function readInvoiceFacts(
  tx: Handle,
  { legalEntity }: ErpContext,
  drafts: readonly InvoiceDraft[],
): Promise<CallFacts> {
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const [orders, withdrawals, sent, suppliers, taxCodes, terms, projectProblem] = await Promise.all(
    [
      lockOrders(
        tx,
        drafts.flatMap(({ lines }) => lines.flatMap(({ order }) => order?.id ?? [])),
      ),
      lockWithdrawn(
        tx,
        drafts.flatMap(({ lines }) => lines.flatMap(({ withdrawal }) => withdrawal ?? [])),
      ),
      sentBefore(tx, drafts),
      supplierFacts(
        tx,
        drafts.map(({ supplier }) => supplier),
      ),
      readTaxCodes(tx, { legalEntity }),
      paymentTerms(tx),
      readProjects(
        tx,
        legalEntity,
        drafts.flatMap(({ lines }) => lines),
      ),
    ],
  );
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    drafts.map(({ currency, supplier, postedOn }) => ({
      currency: currency ?? suppliers.get(supplier)?.currency ?? companyCurrency,
      on: postedOn,
    })),
  );
  const facts: InvoiceFacts = {
    legalEntity,
    companyCurrency,
    suppliers,
    orders,
    withdrawals,
    taxCodes,
    terms,
    projectProblem,
    rateOf,
    sentBefore: (supplier, key) => sent.get(`${supplier} ${key}`),
  };
  return {
    ...facts,
    knowing: (seen) => ({
      ...facts,
      sentBefore: (supplier, key) =>
        sent.get(`${supplier} ${key}`) ?? seen.get(`${supplier} ${key}`),
    }),
    note: (seen, { supplier, supplierNumber }) =>
      void seen.set(`${supplier} ${duplicateKeyOf(supplierNumber)}`, 'another of this call'),
  };
}

/** Our numbers of invoices that suppliers have sent under these numbers before. */
async function sentBefore(
  tx: Handle,
  drafts: readonly InvoiceDraft[],
): Promise<ReadonlyMap<string, string>> {
  // Whoever posts for a supplier waits for who else does: two with one number are noticed.
  const suppliers = [...new Set(drafts.map(({ supplier }) => supplier))].toSorted();
  await send(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended('erp_payables ' || s, 0))
      from unnest(${suppliers}::text[]) as s order by s`,
  );
  const found = await rows<{ supplier: string; key: string; number: string }>(
    tx,
    sql`select i.supplier, i.supplier_number_key as key, i.number
      from erp_payables.supplier_invoice i
      where i.supplier = any(${suppliers})
        and i.supplier_number_key = any(${drafts.map((draft) => duplicateKeyOf(draft.supplierNumber))})
        and not exists (select 1 from erp_payables.cancellation c where c.invoice_id = i.id)`,
  );
  return new Map(found.map(({ supplier, key, number }) => [`${supplier} ${key}`, number]));
}
