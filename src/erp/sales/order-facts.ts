import type { Handle } from '#database';
import { companyCurrencyOf, companyRates, paymentTerms } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { itemFacts } from '#erp/items';
import { readLineTargets } from '#erp/inventory/targets';
import { customerFacts } from '#erp/parties';
import type { OrderFacts } from './decide-order.ts';
import type { SalesOrderDraft } from './sales-order.ts';

/** What deciding these orders needs: one question for each kind of thing. */
export async function readOrderFacts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SalesOrderDraft[],
): Promise<OrderFacts> {
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const [customers, items, known, targetProblem] = await Promise.all([
    customerFacts(
      tx,
      drafts.map(({ customer }) => customer),
    ),
    itemFacts(
      tx,
      drafts.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
    ),
    paymentTerms(tx),
    readLineTargets(
      tx,
      { legalEntity: context.legalEntity, direction: 'output' },
      drafts.flatMap(({ lines }) => lines),
    ),
  ]);
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    drafts.map(({ currency, customer, issuedOn }) => ({
      currency: currency ?? customers.get(customer)?.currency ?? companyCurrency,
      on: issuedOn,
    })),
  );
  return { companyCurrency, customers, items, terms: new Set(known.keys()), targetProblem, rateOf };
}
