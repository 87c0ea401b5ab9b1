import { discountOn, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { daysBetween } from '#kernel/time';
import type { BookedHere } from './booked-here.ts';
import { namedIn, names, plain } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import type { MatchPart } from './match.ts';
import type { StatementLine } from './statement.ts';

/** Why something may be what a line is about. */
export type Reason =
  | 'amount'
  | 'amount-with-discount'
  | 'bank-account' // The other side's is the party's, or ours at a transfer's other end.
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
const ZERO = decimal('0');

type Candidate = { readonly reasons: readonly Reason[]; readonly parts: readonly MatchPart[] };

/** What may explain a line, the likeliest first. Pure. */
export function scoreLine(line: StatementLine, candidates: Candidates): readonly Proposal[] {
  const said = plain([line.remittance, line.endToEndId, line.reference].join(' '));
  const parties = candidates.holders.get(line.counterpartyIban ?? '') ?? [];
  const facts = { line, said, parties, candidates };
  const all = [...bookedCandidates(facts), ...itemCandidates(facts)].map(({ reasons, parts }) => {
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
  readonly candidates: Candidates;
};

function bookedCandidates({ line, said, parties, candidates }: Facts): readonly Candidate[] {
  const isNear = (each: BookedHere): boolean =>
    Math.abs(daysBetween(each.postedOn, line.bookedOn)) <= NEAR_DAYS;
  const key = trimDecimal(line.amount);
  const single = (candidates.bookedByAmount.get(key) ?? []).map((each): Candidate => {
    const reasons: Reason[] = ['amount'];
    if (names(said, each.sourceNumber)) reasons.push('document-number');
    const isOurs = each.otherIban !== null && each.otherIban === line.counterpartyIban;
    const isTheirs = each.party !== null && parties.includes(each.party);
    if (isOurs || isTheirs) reasons.push('bank-account');
    if (isNear(each)) reasons.push('near-in-time');
    return { reasons, parts: [partOf(each)] };
  });
  const collective = (candidates.collectiveByAmount.get(key) ?? [])
    .filter((group) => group.every(isNear))
    .map((group): Candidate => {
      return { reasons: ['collective', 'amount', 'near-in-time'], parts: group.map(partOf) };
    });
  return [...single, ...collective];
}

const partOf = ({ entryId, line }: BookedHere): MatchPart => ({
  kind: 'booked',
  entry: entryId,
  line,
});

function itemCandidates({ line, said, parties, candidates }: Facts): readonly Candidate[] {
  const isIn = compareDecimals(line.amount, ZERO) > 0;
  const money = isIn ? line.amount : negateDecimal(line.amount);
  const named = namedIn(said, candidates).filter((item) => comesIn(item) === isIn);
  const isNamed = new Set(named);
  const paying = (candidates.itemsByAmount.get(trimDecimal(money)) ?? []).filter(
    (item) => comesIn(item) === isIn,
  );
  const single = [...new Set([...named, ...paying])].flatMap((item): readonly Candidate[] => {
    const { reasons, amount, discount } = weigh(item, line, money);
    if (isNamed.has(item)) reasons.push('document-number');
    if (reasons.length === 0) return []; // The day of its discount has passed.
    if (parties.includes(item.party)) reasons.push('bank-account');
    const part = { item: item.id, amount, ...(discount === undefined ? {} : { discount }) };
    return [{ reasons, parts: [payment(item, line.amount, [part])] }];
  });
  return [...single, ...together(named, line, money)];
}

/** Whether what settles an item comes in: from a customer, or back from a supplier. */
const comesIn = ({ side, effect }: OpenItem): boolean =>
  (side === 'receivable') === (effect === 'raises');

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

const payment = (
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
      const whole = sumDecimals(items.map(({ amount }) => amount));
      if (compareDecimals(whole, money) !== 0) continue;
      const reasons: Reason[] = ['document-number', 'collective', 'amount'];
      return [{ reasons, parts: [payment(first, line.amount, items)] }];
    }
    return [];
  });
}
