import type { Handle } from '#database';
import { companyCurrencyOf, companyRates, paymentTerms } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { itemFacts } from '#erp/items';
import { readLineTargets } from '#erp/inventory/targets';
import { supplierFacts } from '#erp/parties';
import type { OrderFacts } from './decide-order.ts';
import type { OrderDraft } from './purchase-order.ts';

/** What deciding these orders needs: one question for each kind of thing. */
export async function readOrderFacts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OrderDraft[],
): Promise<OrderFacts> {
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const [suppliers, items, known, targetProblem] = await Promise.all([
    supplierFacts(
      tx,
      drafts.map(({ supplier }) => supplier),
    ),
    itemFacts(
      tx,
      drafts.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
    ),
    paymentTerms(tx),
    readLineTargets(
      tx,
      { legalEntity: context.legalEntity, direction: 'input' },
      drafts.flatMap(({ lines }) => lines),
    ),
  ]);
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    drafts.map(({ currency, supplier, issuedOn }) => ({
      currency: currency ?? suppliers.get(supplier)?.currency ?? companyCurrency,
      on: issuedOn,
    })),
  );
  return { companyCurrency, suppliers, items, terms: new Set(known.keys()), targetProblem, rateOf };
}
