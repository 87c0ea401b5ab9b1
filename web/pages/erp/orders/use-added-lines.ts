import { useState } from 'react';
import { useMay } from '../../../shared/use-may.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { lineBodyOf, useLineChoices } from './line-choices.ts';
import type { LineDraft, Side } from './order-line.ts';
import { useProposals } from './use-proposals.ts';

/** Keeps lines that somebody adds to an order that is there: priced as on its day, for its party. */
export function useAddedLines(
  side: Side,
  order: { readonly party: string; readonly on: string; readonly currency: string },
) {
  const { code } = useEntity();
  const enabled = useMay('parties:read');
  const params = { entity: code, id: order.party };
  const party = useBooks('getParty', { params }, { enabled }).data?.party;
  const { on, currency } = order;
  const [lines, setLines] = useState<readonly LineDraft[]>([]);
  const choices = useLineChoices({ side, party, on });
  const proposals = useProposals({ side, lines, party, on, currency });
  const bodies = lines.map((line, at) => lineBodyOf(line, { proposal: proposals[at], choices }));
  return {
    side,
    isOffer: false,
    named: 'added',
    least: 0,
    currency,
    lines,
    setLines,
    choices,
    proposals,
    bodies,
  } as const;
}
