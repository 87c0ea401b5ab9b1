import type { Operation } from '#adapter-kit';
import type { JsonObject } from '#kernel';
import { decimal, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import type { PostingDraft } from '#postings';
import { idOf } from '../../simulators/hostile-erp/document.ts';
import { between, seededRandom } from '../../simulators/hostile-erp/random.ts';
import type { Random } from '../../simulators/hostile-erp/random.ts';

/** The integration that everything goes to. */
export const INTEGRATION = 'hostile';

const SUPPLIERS = 20; // As many as the ERP begins with.
const ITEMS = 50;
const ORDERS = 100;

/** The nth thing that is wanted: always the same for a seed, whoever asks again. */
export function wanted(seed: number, number: number): PostingDraft {
  const random = seededRandom(seed * 1_000_003 + number);
  const { operation, payload, target } = content(random, number);
  return {
    integration: INTEGRATION,
    operation,
    businessKey: `${operation} ${number}`,
    payload,
    ...(target === undefined ? {} : { target: { key: target } }),
    cause: { by: 'the kill test' },
    priority: number % 3,
  };
}

/** The order that was made by a posting is not wanted any more. */
export function cancellationOf(orderKey: string): PostingDraft {
  return {
    integration: INTEGRATION,
    operation: 'cancel-purchase-order',
    businessKey: `cancel ${orderKey}`,
    payload: {},
    target: { key: orderKey },
    cause: { by: 'the kill test' },
  };
}

function content(
  random: Random,
  number: number,
): { operation: Operation; payload: JsonObject; target?: string } {
  const which = number % 10;
  if (which < 6) return { operation: 'create-purchase-order', payload: order(random) };
  if (which < 8) {
    return { operation: 'post-supplier-invoice', payload: invoice(random, number) };
  }
  if (which < 9) return { operation: 'post-goods-receipt', payload: receipt(random) };
  return {
    operation: 'update-supplier',
    payload: { city: `City ${number}` },
    target: supplier(random),
  };
}

function order(random: Random): JsonObject {
  const lines = Array.from({ length: between(random, 1, 4) }, (_, at) => {
    const value = `${between(random, 1, 500)}.${between(random, 1, 9)}`;
    const unitPrice = `${between(random, 0, 900)}.${String(between(random, 1, 9999)).padStart(4, '0')}`;
    return {
      number: String((at + 1) * 10),
      item: idOf('items', between(random, 1, ITEMS)),
      ordered: { value, unit: 'C62' },
      received: '0',
      rejected: '0',
      unitPrice,
      priceBase: '1',
      netAmount: multiplyDecimals(decimal(value), decimal(unitPrice)),
    };
  });
  return {
    supplier: supplier(random),
    issuedOn: '2026-05-04',
    currency: 'EUR',
    netAmount: sumDecimals(lines.map(({ netAmount }) => netAmount)),
    lines,
  };
}

function invoice(random: Random, number: number): JsonObject {
  const netAmount = decimal(`${between(random, 1, 90_000)}.${between(random, 10, 99)}`);
  const taxAmount = multiplyDecimals(netAmount, decimal('0.19'));
  return {
    number: `R-${number}`,
    supplier: supplier(random),
    issuedOn: '2026-05-05',
    currency: 'EUR',
    netAmount,
    taxAmount,
    grossAmount: sumDecimals([netAmount, taxAmount]),
    lines: [],
  };
}

function receipt(random: Random): JsonObject {
  return {
    receivedOn: '2026-05-06',
    lines: [
      {
        order: idOf('purchase-orders', between(random, 1, ORDERS)),
        orderLine: '10',
        quantity: { value: String(between(random, 1, 9)), unit: 'C62' },
      },
    ],
  };
}

const supplier = (random: Random): string => idOf('suppliers', between(random, 1, SUPPLIERS));
