import type { Handle } from '#database';
import { cancelledInvoices } from '#erp/receivables';
import { assert } from '#kernel';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Charge } from './read-subscriptions.ts';
import type { Subscription } from './subscription.ts';
import type { NewCharge } from './write-charges.ts';

/**
 * Takes back what was charged on invoices that somebody cancelled by hand, in the order of charges: the
 * books gave it back already, and the interval is due again.
 */
export async function cancelledCharges(
  tx: Handle,
  legalEntity: string,
  of: {
    readonly charges: readonly Charge[];
    readonly subscriptions: ReadonlyMap<string, Subscription>;
  },
): Promise<readonly NewCharge[]> {
  const cancelled = await cancelledInvoices(tx, legalEntity);
  const corrections = Map.groupBy(of.charges, (one) => `${one.subscription} ${one.corrects}`);
  return of.charges.flatMap((charge): readonly NewCharge[] => {
    const { document, kind, number, subscription: id } = charge;
    if (document === null || kind === 'less' || !cancelled.has(document)) return [];
    const given = corrections.get(`${id} ${number}`) ?? [];
    const amount = given.map((one) => one.amount).reduce(addDecimals, charge.amount);
    if (compareDecimals(amount, decimal('0')) === 0) return []; // It was taken back before.
    const companyAmount = given
      .map((one) => one.companyAmount)
      .reduce(addDecimals, charge.companyAmount);
    const subscription = of.subscriptions.get(id);
    assert(subscription !== undefined, 'a charge is of a subscription');
    return [
      {
        kind: 'less',
        subscription,
        period: { from: charge.periodFrom, to: charge.periodTo },
        serviceFrom: charge.serviceFrom,
        amount: negateDecimal(amount),
        companyAmount: negateDecimal(companyAmount),
        corrects: charge,
        document: {
          kind: 'customer-invoice',
          id: document,
          number: charge.documentNumber ?? '',
        },
        line: charge.documentLine ?? 0,
      },
    ];
  });
}

/** A charge that is taken back as it will be read. */
export const asCharge = (taken: NewCharge): Charge => ({
  subscription: taken.subscription.id,
  number: 0, // None corrects it.
  kind: taken.kind,
  periodFrom: taken.period.from,
  periodTo: taken.period.to,
  serviceFrom: taken.serviceFrom,
  amount: taken.amount,
  companyAmount: taken.companyAmount,
  document: taken.document?.id ?? null,
  documentNumber: taken.document?.number ?? null,
  documentLine: taken.line,
  corrects: taken.corrects?.number ?? null,
  released: decimal('0'),
});
