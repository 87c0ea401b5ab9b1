import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';
import type { CustomerPayment } from './customer-payment.ts';

const PAYMENT = sql`p.id, p.legal_entity as "legalEntity", p.number, p.customer,
  p.paid_on as "paidOn", p.bank_account as "bankAccount", p.method, p.is_refund as "isRefund",
  p.currency, p.amount::text as amount, p.company_amount::text as "companyAmount", p.reference,
  p.entry_id as entry, t.taken_back_on as "takenBackOn", p.created_by as "createdBy",
  p.created_at as "createdAt"`;

/** Payments, the newest first. */
export async function listPayments(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly customer?: string;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly CustomerPayment[]> {
  const { legalEntity = null, customer = null, after = null } = filter;
  return await rows<CustomerPayment>(
    handle,
    sql`select ${PAYMENT} from erp_receivables.customer_payment p
      left join erp_receivables.taken_back t on t.document_id = p.id
      where (${legalEntity}::text is null or p.legal_entity = ${legalEntity})
        and (${customer}::text is null or p.customer = ${customer})
        and (${filter.from ?? null}::date is null or p.paid_on >= ${filter.from ?? null})
        and (${filter.to ?? null}::date is null or p.paid_on <= ${filter.to ?? null})
        and (${after}::text is null or (p.paid_on, p.id) <
          (select a.paid_on, a.id from erp_receivables.customer_payment a where a.id = ${after}))
      order by p.paid_on desc, p.id desc limit ${filter.limit}`,
  );
}

/** Payments by id, locked: who takes one back waits for who else does. */
export async function lockPayments(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerPayment>> {
  await rows(
    tx,
    sql`select 1 from erp_receivables.customer_payment where id = any(${[...ids]})
      order by id for no key update`,
  );
  const found = await rows<CustomerPayment>(
    tx,
    sql`select ${PAYMENT} from erp_receivables.customer_payment p
      left join erp_receivables.taken_back t on t.document_id = p.id
      where p.id = any(${[...ids]})`,
  );
  return new Map(found.map((payment) => [payment.id, payment]));
}
