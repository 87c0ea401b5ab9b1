import type { AccountLine } from '#erp/ledger/reports';
import { discountOn, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { daysBetween } from '#kernel/time';
import type { MatchPart } from './match.ts';
import type { StatementLine } from './statement.ts';

/** Why something may be what a line is about. */
export type Reason =
  | 'amount'
  | 'amount-with-discount'
  | 'bank-account' // The other side's is the party's.
  | 'collective' // Together they make the amount.
  | 'document-number' // It stands in what the payment says of itself.
  | 'near-in-time';

/** What may explain a line, how likely it is (0 to 100), and why. */
export type Proposal = {
  readonly line: string;
  readonly score: number;
  readonly isExact: boolean; // Number and amount agree, and nothing else does as well.
  readonly reasons: readonly Reason[];
  readonly parts: readonly MatchPart[];
};

/** What lines may be about: all of one account's currency. */
export type Candidates = {
  readonly items: readonly OpenItem[];
  readonly booked: readonly AccountLine[]; // On the clearing account, not ticked off.
  readonly holders: ReadonlyMap<string, readonly string[]>; // Parties by IBAN.
};

const POINTS: Readonly<Record<Reason, number>> = {
  'document-number': 50,
  amount: 35,
  'amount-with-discount': 35,
  'bank-account': 15,
  collective: 25,
  'near-in-time': 5,
};
const EXACT_FROM = 85;
const NEAR_DAYS = 7;
const PROPOSALS_MAX = 5;
const NUMBER_LENGTH_MIN = 5; // Shorter ones stand in any text.
const ZERO = decimal('0');

type Candidate = { readonly reasons: readonly Reason[]; readonly parts: readonly MatchPart[] };

/** What may explain a line, the likeliest first. Pure. */
export function scoreLine(line: StatementLine, candidates: Candidates): readonly Proposal[] {
  const said = plain([line.remittance, line.endToEndId, line.reference].join(' '));
  const parties = candidates.holders.get(line.counterpartyIban ?? '') ?? [];
  const facts = { line, said, parties };
  const all = [
    ...bookedCandidates(facts, candidates.booked),
    ...itemCandidates(facts, candidates.items),
  ].map(({ reasons, parts }) => {
    const points = reasons.reduce((sum, reason) => sum + POINTS[reason], 0);
    return { line: line.id, score: Math.min(100, points), reasons, parts };
  });
  const sorted = all.toSorted((a, b) => b.score - a.score);
  const [first, second] = sorted;
  const isClear = first !== undefined && first.score > (second?.score ?? 0);
  return sorted.slice(0, PROPOSALS_MAX).map((each) => ({
    ...each,
    isExact: each === first && isClear && each.score >= EXACT_FROM,
  }));
}

type Facts = {
  readonly line: StatementLine;
  readonly said: string;
  readonly parties: readonly string[]; // Whose the other side's account is.
};

/** Capitals and digits alone: banks wrap, blank and change case. */
const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

function names(said: string, number: string): boolean {
  const key = plain(number);
  if (key.length < NUMBER_LENGTH_MIN) return false;
  const at = said.indexOf(key);
  return at !== -1 && !/\d/.test(said.charAt(at + key.length));
}

function bookedCandidates(
  { line, said, parties }: Facts,
  booked: readonly AccountLine[],
): readonly Candidate[] {
  const isNear = (each: AccountLine): boolean =>
    Math.abs(daysBetween(each.postedOn, line.bookedOn)) <= NEAR_DAYS;
  const single = booked
    .filter(({ amount }) => compareDecimals(amount, line.amount) === 0)
    .map((each): Candidate => {
      const reasons: Reason[] = ['amount'];
      if (names(said, each.sourceNumber)) reasons.push('document-number');
      if (each.party !== null && parties.includes(each.party)) reasons.push('bank-account');
      if (isNear(each)) reasons.push('near-in-time');
      return { reasons, parts: [partOf(each)] };
    });
  const sameSign = booked.filter(
    ({ amount }) => compareDecimals(amount, ZERO) > 0 === compareDecimals(line.amount, ZERO) > 0,
  );
  const days = [...Map.groupBy(sameSign, ({ postedOn }) => postedOn).values()];
  const collective = days
    .filter((group) => group.length > 1 && group.every(isNear))
    .filter((group) =>
      isSum(
        group.map(({ amount }) => amount),
        line.amount,
      ),
    )
    .map((group): Candidate => {
      return { reasons: ['collective', 'amount', 'near-in-time'], parts: group.map(partOf) };
    });
  return [...single, ...collective];
}

const partOf = ({ entryId, line }: AccountLine): MatchPart => ({
  kind: 'booked',
  entry: entryId,
  line,
});

const isSum = (amounts: readonly Decimal[], whole: Decimal): boolean =>
  compareDecimals(sumDecimals(amounts), whole) === 0;

function itemCandidates(facts: Facts, items: readonly OpenItem[]): readonly Candidate[] {
  const { line, said } = facts;
  const isIn = compareDecimals(line.amount, ZERO) > 0;
  const money = isIn ? line.amount : negateDecimal(line.amount);
  const fitting = items.filter(
    ({ side, effect }) => ((side === 'receivable') === (effect === 'raises')) === isIn,
  );
  const named = fitting.filter(({ documentNumber }) => names(said, documentNumber));
  const isNamed = new Set(named);
  const single = fitting.flatMap((item): readonly Candidate[] => {
    const { reasons, amount, discount } = weigh(item, line, money);
    if (isNamed.has(item)) reasons.push('document-number');
    else if (reasons.length === 0) return []; // Of the party, but neither by number nor by amount.
    if (facts.parties.includes(item.party)) reasons.push('bank-account');
    const part = { item: item.id, amount, ...(discount === undefined ? {} : { discount }) };
    return [{ reasons, parts: [paying(item, line.amount, [part])] }];
  });
  return [...single, ...together(named, line, money)];
}

/** Whether a line pays all that is open of an item, or all less its discount; else as far as it goes. */
function weigh(item: OpenItem, line: StatementLine, money: Decimal) {
  const open = openOf(item);
  const discount = item.effect === 'raises' ? discountOn(item, line.bookedOn) : ZERO;
  const reasons: Reason[] = [];
  if (compareDecimals(open, money) === 0) {
    reasons.push('amount');
    return { reasons, amount: money };
  }
  const less = subtractDecimals(open, discount);
  if (compareDecimals(discount, ZERO) > 0 && compareDecimals(less, money) === 0) {
    reasons.push('amount-with-discount');
    return { reasons, amount: money, discount };
  }
  return { reasons, amount: compareDecimals(money, open) < 0 ? money : open };
}

const paying = (
  { side, party }: OpenItem,
  amount: Decimal,
  items: Extract<MatchPart, { kind: 'items' }>['items'],
): MatchPart => ({ kind: 'items', side, party, amount, items });

/** Several named items of one party that a line pays in all, with the discounts it earns or without. */
function together(
  named: readonly OpenItem[],
  line: StatementLine,
  money: Decimal,
): readonly Candidate[] {
  const groups = [...Map.groupBy(named, ({ side, party }) => `${side} ${party}`).values()];
  return groups.flatMap((group): readonly Candidate[] => {
    const [first] = group;
    if (first === undefined || group.length < 2) return [];
    for (const withDiscount of [false, true]) {
      const items = group.map((item) => {
        const discount = withDiscount ? discountOn(item, line.bookedOn) : ZERO;
        const amount = subtractDecimals(openOf(item), discount);
        const isNone = compareDecimals(discount, ZERO) === 0;
        return { item: item.id, amount, ...(isNone ? {} : { discount }) };
      });
      if (
        !isSum(
          items.map(({ amount }) => amount),
          money,
        )
      )
        continue;
      const reasons: Reason[] = ['document-number', 'collective', 'amount'];
      return [{ reasons, parts: [paying(first, line.amount, items)] }];
    }
    return [];
  });
}
