import type { Handle } from '#database';
import { findLegalEntity, paymentTerms, ratesOn } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { itemFacts } from '#erp/items';
import { customerFacts } from '#erp/parties';
import { assert, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { OrderFacts } from './decide-order.ts';
import type { SalesOrderDraft } from './sales-order.ts';

/** What deciding these orders needs: one question for each kind of thing. */
export async function readOrderFacts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SalesOrderDraft[],
): Promise<OrderFacts> {
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const customers = await customerFacts(
    tx,
    drafts.map(({ customer }) => customer),
  );
  const items = await itemFacts(
    tx,
    drafts.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  const terms = new Set((await paymentTerms(tx)).keys());
  const wishes = drafts.map(({ currency, customer, issuedOn }) => ({
    from: currency ?? customers.get(customer)?.currency ?? companyCurrency,
    to: companyCurrency,
    on: issuedOn,
  }));
  const rates = new Map<string, Decimal>();
  for (const [at, found] of (await ratesOn(tx, wishes)).entries()) {
    const wish = wishes[at];
    if (wish !== undefined && found !== undefined) rates.set(`${wish.from} ${wish.on}`, found.rate);
  }
  return {
    companyCurrency,
    customers,
    items,
    terms,
    rateOf: (currency, on) =>
      currency === companyCurrency ? decimal('1') : rates.get(`${currency} ${on}`),
  };
}

/** The currency that a legal entity keeps its books in. */
export async function companyCurrencyOf(tx: Handle, legalEntity: string): Promise<CurrencyCode> {
  const entity = await findLegalEntity(tx, legalEntity);
  const currency = parseCurrency(entity?.currency ?? '');
  assert(currency !== undefined, `there is a legal entity ${legalEntity}`);
  return currency;
}
