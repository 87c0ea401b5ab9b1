import { useQueries } from '@tanstack/react-query';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import type { Party } from '../forms/party-box.tsx';
import { baseQuantityOf, inUnitOf } from './order-line.ts';
import type { LineDraft, Proposal, Side } from './order-line.ts';

/** The price that holds for each line, by quantity, party and day; undefined where there is none. */
export function useProposals(of: {
  readonly side: Side;
  readonly lines: readonly LineDraft[];
  readonly party: Party | undefined;
  readonly on: string;
  readonly currency: string;
}): readonly (Proposal | undefined)[] {
  const { side, lines, party, on, currency } = of;
  const { code } = useEntity();
  const isReady = /^\d{4}-\d{2}-\d{2}$/.test(on) && /^[A-Z]{3}$/.test(currency);
  const asked = useQueries({
    queries: lines.map(({ item, ...line }) => {
      const quantity = baseQuantityOf({ item, ...line });
      const query = {
        side,
        quantity: quantity ?? '1',
        on,
        currency,
        ...(party === undefined ? {} : { party: party.id }),
        ...(party?.segment === undefined ? {} : { segment: party.segment }),
      };
      const params = { entity: code, id: item?.id ?? '' };
      return {
        queryKey: ['findPrice', params, query],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          callBooks('findPrice', { params, query, signal }),
        enabled: isReady && item !== undefined && quantity !== undefined,
      };
    }),
  });
  return asked.map(({ data }, at) => {
    const [price, line] = [data?.price, lines[at]];
    if (price === undefined || price === null || line === undefined) return undefined;
    return inUnitOf(line, { ...price, source: price.source.kind });
  });
}
