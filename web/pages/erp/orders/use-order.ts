import { useState } from 'react';
import { useEntity, useToday } from '../entity.ts';
import { filled } from '../forms/filled.ts';
import type { Party } from '../forms/party-box.tsx';
import { servicePrice } from './agreed-price.ts';
import type { AgreedService } from './agreed-price.ts';
import { lineBodyOf, useLineChoices } from './line-choices.ts';
import { emptyLine } from './order-line.ts';
import type { LineDraft, Proposal, Side } from './order-line.ts';
import { useProposals } from './use-proposals.ts';

const NO_SERVICES: readonly AgreedService[] = [];
const BLANK = { issuedOn: '', currency: '', terms: '', text: '' };

/** An order that somebody is writing: what stands in it, and what it is sent as. */
export type OrderDraft = ReturnType<typeof useOrder>;

/** Keeps an order that somebody is writing, from its party on. */
export function useOrder(
  side: Side,
  given: Party | undefined,
  {
    isOffer = false,
    services = NO_SERVICES,
  }: {
    readonly isOffer?: boolean; // Nothing is promised by a day yet.
    readonly services?: readonly AgreedService[]; // Of the agreement that it calls off.
  } = {},
) {
  const entity = useEntity();
  const today = useToday();
  const [party, setParty] = useState(given);
  const [head, setHead] = useState(BLANK);
  const [lines, setLines] = useState<readonly LineDraft[]>(() => [emptyLine(1)]);
  const on = head.issuedOn === '' ? today : head.issuedOn;
  const currency = head.currency === '' ? (party?.currency ?? entity.currency) : head.currency;
  const choices = useLineChoices({ side, party, on });
  const found = useProposals({ side, lines, party, on, currency });
  const proposals: readonly (Proposal | undefined)[] = lines.map(
    (line, at) => found[at] ?? servicePrice(services, line),
  );
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
