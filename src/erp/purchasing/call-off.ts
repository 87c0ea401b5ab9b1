import type { Handle } from '#database';
import { refuse } from '#erp/company';
import type { ErpContext, Refusal } from '#erp/company';
import { itemFacts, listAgreements } from '#erp/items';
import { agreedServiceOf, releaseAgreements, releasesOf } from '#erp/items/calling-off';
import type { ReleaseDraft } from '#erp/items/calling-off';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { netOf } from './decide-order.ts';
import type { PurchasingProblemCode } from './errors.ts';
import type { OrderLine, PurchaseOrder } from './purchase-order.ts';

/** An order as it will be, as far as agreements care. */
export type CallingOrder = Pick<
  PurchaseOrder,
  | 'id'
  | 'number'
  | 'legalEntity'
  | 'supplier'
  | 'currency'
  | 'issuedOn'
  | 'agreement'
  | 'decision'
  | 'isClosed'
> & { readonly lines: readonly CallingLine[] };
type CallingLine = Pick<
  OrderLine,
  | 'number'
  | 'item'
  | 'text'
  | 'unit'
  | 'ordered'
  | 'baseNumerator'
  | 'baseDenominator'
  | 'unitPrice'
  | 'priceBase'
  | 'received'
  | 'isFinal'
  | 'isCancelled'
>;
type Agreement = Awaited<ReturnType<typeof listAgreements>>[number];
type Refused = Refusal<PurchasingProblemCode>;

const ZERO = decimal('0');
const PLACES = 12;

/**
 * Calls agreements off as orders will stand: what is issued counts, of what is closed what came. More
 * than before is called off, less given back; who would go beyond a limit is told, by order.
 */
export async function callOff(
  tx: Handle,
  context: ErpContext,
  orders: readonly CallingOrder[],
): Promise<ReadonlyMap<string, Refused>> {
  const refused = new Map<string, Refused>();
  const naming = orders.flatMap((order) =>
    order.agreement === null ? [] : [{ order, agreement: order.agreement }],
  );
  if (naming.length === 0) return refused;
  const ids = [...new Set(naming.map(({ agreement }) => agreement))];
  const found = await listAgreements(tx, { ids, limit: ids.length });
  const agreements = new Map(found.map((one) => [one.id, one]));
  const items = await itemFacts(
    tx,
    naming.flatMap(({ order }) => order.lines.flatMap(({ item }) => item ?? [])),
  );
  const before = await releasesOf(
    tx,
    ids,
    naming.map(({ order }) => order.id),
  );
  const drafts: ReleaseDraft[] = [];
  for (const { order, agreement: id } of naming) {
    const agreement = agreements.get(id);
    const problem = agreementProblem(order, agreement) ?? unitProblem(order, agreement);
    if (problem !== undefined) refused.set(order.id, problem);
    else if (agreement !== undefined) {
      const groupOf = (item: string) => items.get(item)?.itemGroup;
      drafts.push(
        ...order.lines.flatMap((line) => draftOf(order, line, { agreement, groupOf, before })),
      );
    }
  }
  const results = await releaseAgreements(tx, context, drafts);
  for (const [at, draft] of drafts.entries()) {
    const result = results[at];
    if (result === undefined || result.ok || refused.has(draft.source.id)) continue;
    const message = `${result.problem.message} (${result.problem.code})`;
    refused.set(draft.source.id, refuse('purchasing.agreement-refused', message, 'agreement'));
  }
  return refused;
}

function agreementProblem(
  { decision, supplier, currency, legalEntity }: CallingOrder,
  agreement: Agreement | undefined,
): Refused | undefined {
  if (decision !== 'issued') return undefined; // Whatever it names, it calls nothing off.
  const fits =
    agreement?.side === 'purchase' &&
    agreement.legalEntity === legalEntity &&
    agreement.party === supplier &&
    agreement.currency === currency;
  const message = `it is no agreement with this supplier in ${currency}`;
  return fits ? undefined : refuse('purchasing.agreement-refused', message, 'agreement');
}

/** A service is ordered in the unit that it is agreed in: hours are not counted as days. */
function unitProblem(order: CallingOrder, agreement: Agreement | undefined): Refused | undefined {
  if (order.decision !== 'issued') return undefined;
  for (const { item, text, unit, number, isCancelled } of order.lines) {
    const agreed = item === null ? agreedServiceOf(agreement?.lines ?? [], text) : undefined;
    if (agreed?.unit === undefined || agreed.unit === unit || isCancelled) continue;
    const message = `line ${number}: ${agreed.service} is agreed in ${agreed.unit}, not ${unit}`;
    return refuse('purchasing.agreement-refused', message, 'agreement');
  }
  return undefined;
}

/** What a line calls off beyond what it did before; below zero it is given back. */
function draftOf(
  order: CallingOrder,
  line: CallingLine,
  of: {
    readonly agreement: Agreement;
    readonly groupOf: (item: string) => string | undefined;
    readonly before: Awaited<ReturnType<typeof releasesOf>>;
  },
): readonly ReleaseDraft[] {
  const { agreement, before } = of;
  const { item } = line;
  const agreed =
    item === null
      ? agreedServiceOf(agreement.lines, line.text)
      : (agreement.lines.find((one) => one.item === item) ??
        agreement.lines.find(
          ({ itemGroup }) => itemGroup !== undefined && itemGroup === of.groupOf(item),
        ));
  if (agreed === undefined) return [];
  const counts = countsOf(order, line);
  const base = multiplyDecimals(counts, line.baseNumerator);
  const done = before.get(`${order.id} ${line.number}`) ?? { quantity: ZERO, value: ZERO };
  const quantity = subtractDecimals(
    divideDecimals(base, line.baseDenominator, PLACES) ?? ZERO,
    done.quantity,
  );
  const value = subtractDecimals(netOf(counts, line.unitPrice, line.priceBase), done.value);
  if (compareDecimals(quantity, ZERO) === 0 && compareDecimals(value, ZERO) === 0) return [];
  const source = {
    area: 'purchasing',
    kind: 'purchase-order',
    id: order.id,
    line: String(line.number),
  };
  const on = order.issuedOn;
  return [
    { agreement: agreement.id, line: agreed.line, quantity, value, on, source, group: order.id },
  ];
}

/** How much of a line counts. Pure. */
function countsOf(
  { decision, isClosed }: Pick<CallingOrder, 'decision' | 'isClosed'>,
  { ordered, received, isFinal, isCancelled }: CallingLine,
): Decimal {
  if (decision !== 'issued' || isCancelled) return ZERO;
  return isClosed || isFinal ? received : ordered;
}
