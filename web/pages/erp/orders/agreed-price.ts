import type { ReplyOf } from '#api-contract';
import type { LineDraft, Proposal } from './order-line.ts';

/** What was agreed of a service. */
export type AgreedService = Pick<
  ReplyOf<'getAgreement'>['lines'][number],
  'service' | 'unit' | 'price' | 'priceBase'
>;

const wordsOf = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** The service that a line means: the longest whose words it begins with, as the server tells it. */
export function agreedServiceOf(
  services: readonly AgreedService[],
  text: string,
): AgreedService | undefined {
  const said = `${wordsOf(text)} `;
  const length = ({ service = '' }: AgreedService): number => wordsOf(service).length;
  return services
    .filter((one) => length(one) > 0 && said.startsWith(`${wordsOf(one.service ?? '')} `))
    .toSorted((a, b) => length(b) - length(a))[0];
}

/** The price that was agreed of a line in words; undefined: none, or in another unit. */
export function servicePrice(
  services: readonly AgreedService[],
  { item, text, unit }: Pick<LineDraft, 'item' | 'text' | 'unit'>,
): Proposal | undefined {
  const agreed = item === undefined ? agreedServiceOf(services, text) : undefined;
  if (agreed?.price === undefined || agreed.unit !== unit) return undefined;
  return { unitPrice: agreed.price, priceBase: agreed.priceBase ?? '1', source: 'agreement' };
}
