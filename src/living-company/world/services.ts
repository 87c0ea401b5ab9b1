import { drawsOf } from '#kernel';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';
import { inCurrency, SIZES } from './plan.ts';
import type { Entity, Plan } from './plan.ts';

/** Who works for projects. What an hour costs and is charged at: minor units of the company's currency. */
export type Person = {
  readonly code: string;
  readonly name: string;
  readonly costRate: number;
  readonly billRate: number;
};

/** What customers subscribe to. */
export type Offer = {
  readonly code: string; // Of the world: no other legal entity has it.
  readonly plan: string; // Of the ERP.
  readonly name: string;
  readonly intervalMonths: number;
  readonly price: number; // Of one, for an interval; minor units of the company's currency.
};

/** Who works for projects of a legal entity: two at least. */
export function peopleOf(plan: Plan, entity: Entity): readonly Person[] {
  const count = Math.max(2, Math.floor((SIZES[plan.size].people * entity.perMille) / 1_000));
  return Array.from({ length: count }, (_, at) => {
    const code = `E${entity.code.slice(2)}-${String(at + 1).padStart(2, '0')}`;
    const draw = drawsOf(plan.seed, `person ${code}`);
    const cost = draw.between(44, 68) * 100;
    return {
      code,
      name: `${draw.pick(GIVEN_NAMES)} ${draw.pick(FAMILY_NAMES)}`,
      costRate: inCurrency(cost, entity.currency),
      billRate: inCurrency(Math.floor((cost * draw.between(160, 190)) / 100), entity.currency),
    };
  });
}

const OFFERS = [
  { plan: 'CARE', name: 'Pump care', intervalMonths: 1, cents: 4_900 },
  { plan: 'CARE-PLUS', name: 'Pump care with spare parts', intervalMonths: 1, cents: 11_900 },
  { plan: 'WATCH', name: 'Remote watch, a year', intervalMonths: 12, cents: 48_000 },
] as const;

/** What customers of a legal entity subscribe to, the cheapest first. */
export const offersOf = ({ code, currency }: Entity): readonly Offer[] =>
  OFFERS.map(({ cents, ...offer }) => ({
    ...offer,
    code: `${offer.plan} ${code}`,
    price: inCurrency(cents, currency),
  }));
