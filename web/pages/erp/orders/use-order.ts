import { useState } from 'react';
import { useEntity, useToday } from '../entity.ts';
import { filled } from '../forms/filled.ts';
import type { Party } from '../forms/party-box.tsx';
import { lineBodyOf, useLineChoices } from './line-choices.ts';
import { emptyLine } from './order-line.ts';
import type { LineDraft, Side } from './order-line.ts';
import { useProposals } from './use-proposals.ts';

const BLANK = { issuedOn: '', currency: '', terms: '', text: '' };

/** An order that somebody is writing: what stands in it, and what it is sent as. */
export type OrderDraft = ReturnType<typeof useOrder>;

/** Keeps an order that somebody is writing, from its party on. */
export function useOrder(
  side: Side,
  given: Party | undefined,
  { isOffer = false }: { readonly isOffer?: boolean } = {}, // Nothing is promised by a day yet.
) {
  const entity = useEntity();
  const today = useToday();
  const [party, setParty] = useState(given);
  const [head, setHead] = useState(BLANK);
  const [lines, setLines] = useState<readonly LineDraft[]>(() => [emptyLine(1)]);
  const on = head.issuedOn === '' ? today : head.issuedOn;
  const currency = head.currency === '' ? (party?.currency ?? entity.currency) : head.currency;
  const choices = useLineChoices({ side, party, on });
  const proposals = useProposals({ side, lines, party, on, currency });
  return {
    side,
    isOffer,
    party,
    setParty,
    terms: head.terms,
    text: head.text,
    on,
    currency,
    set: (some: Partial<typeof BLANK>): void => setHead({ ...head, ...some }),
    lines,
    setLines,
    choices,
    proposals,
    body: {
      issuedOn: on,
      currency,
      ...filled({ paymentTerms: head.terms, text: head.text }),
    },
    lineBodies: lines.map((line, at) => lineBodyOf(line, { proposal: proposals[at], choices })),
  };
}
