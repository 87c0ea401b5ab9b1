import { assert } from '#kernel';
import { addDays, addMonths, daysBetween, isoWeekday, localDate, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Catalogue, Offer, SampleSupplier } from './catalogue.ts';
import { REQUESTERS, SHIP_METHODS } from './names.ts';
import { drawsOf } from '#kernel';
import type { Draw } from '#kernel';

export type SampleLine = {
  readonly offer: Offer;
  readonly quantity: number;
  readonly received: number;
  readonly rejected: number;
  readonly cents: number; // For one.
  readonly promisedOn: LocalDate;
  readonly final: boolean;
};

/** An order as it stands on the last day of the sample. Amounts are whole cents. */
export type SampleOrder = {
  readonly number: string;
  readonly supplier: SampleSupplier;
  readonly status: string;
  readonly orderedOn: LocalDate;
  readonly shippedOn: LocalDate | undefined;
  readonly requester: string;
  readonly shipMethod: string;
  readonly lines: readonly SampleLine[];
};

const YEARS = 3;
const PRICES_OF = localDate('2022-01-01'); // Drift counts from here.
/** How busy purchasing is by month: quiet in August and December, busy in spring and autumn. */
const SEASON = [950, 1000, 1180, 1100, 1000, 980, 900, 680, 1220, 1200, 1120, 720];
const ORDERS_PER_WEEKDAY_PER_MILLE = 1920;

/** The orders of the three years up to a day. What happened before a day is the same on later days. */
export function makeOrders(seed: number, asOf: LocalDate, catalogue: Catalogue): SampleOrder[] {
  const orders: SampleOrder[] = [];
  const suppliers = catalogue.suppliers.filter(({ status }) => status === 'active');
  for (let day = addMonths(asOf, -12 * YEARS); day <= asOf; day = addDays(day, 1)) {
    if (isoWeekday(day) > 5) continue;
    const draw = drawsOf(seed, `day ${day}`);
    const busy = (ORDERS_PER_WEEKDAY_PER_MILLE * (SEASON[partsOf(day)[1] - 1] ?? 1000)) / 1000;
    const count = Math.floor(draw.between(0, Math.round(2 * busy) + 999) / 1000);
    for (let at = 1; at <= count; at += 1) {
      // The first of two is the larger supplier: a few take most of the spend, as everywhere.
      const last = suppliers.length - 1;
      const supplier = suppliers[Math.min(draw.between(0, last), draw.between(0, last))];
      assert(supplier !== undefined, 'there are active suppliers');
      const number = `PO-${day.slice(2).replaceAll('-', '')}-${at}`;
      orders.push(makeOrder(number, { seed, day, asOf, supplier, catalogue }));
    }
  }
  return orders;
}

function makeOrder(
  number: string,
  from: {
    readonly seed: number;
    readonly day: LocalDate;
    readonly asOf: LocalDate;
    readonly supplier: SampleSupplier;
    readonly catalogue: Catalogue;
  },
): SampleOrder {
  const { seed, day, asOf, supplier, catalogue } = from;
  const draw = drawsOf(seed, number);
  const offers = chosen(draw, catalogue.offers.get(supplier.number) ?? []);
  const leadTimeDays = Math.max(...offers.map((offer) => offer.leadTimeDays));
  const promisedOn = addDays(day, leadTimeDays);
  const transitDays = draw.between(1, 4);
  const lateDays = draw.happens(supplier.latePerMille) ? draw.between(2, 18) : draw.between(-3, 0);
  const shipsOn = addDays(day, Math.max(1, leadTimeDays - transitDays + lateDays));
  const arrivesOn = addDays(shipsOn, transitDays);
  const fate = fateOf(draw, { day, asOf, arrivesOn });
  const goes = !['draft', 'awaiting-approval', 'rejected', 'cancelled'].includes(fate);
  return {
    number,
    supplier,
    status: fate,
    orderedOn: day,
    shippedOn: goes && shipsOn <= asOf ? shipsOn : undefined,
    requester: draw.pick(REQUESTERS),
    shipMethod: draw.pick(SHIP_METHODS),
    lines: offers.map((offer, at) => makeLine(draw, offer, { day, promisedOn, fate, at })),
  };
}

function chosen(draw: Draw, offers: readonly Offer[]): readonly Offer[] {
  const first = draw.between(0, offers.length - 1);
  const count = Math.min(offers.length, draw.between(1, 5));
  return Array.from({ length: count }, (_, at) => offers[(first + at) % offers.length]).filter(
    (offer) => offer !== undefined,
  );
}

/** What has become of an order by the last day. */
function fateOf(
  draw: Draw,
  on: { readonly day: LocalDate; readonly asOf: LocalDate; readonly arrivesOn: LocalDate },
): string {
  const age = daysBetween(on.day, on.asOf);
  const approvalDays = draw.between(0, 6);
  const isPartial = draw.happens(160);
  const closingDays = draw.between(15, 50);
  if (draw.happens(25)) return age < approvalDays ? 'awaiting-approval' : 'rejected';
  if (draw.happens(15)) return age < approvalDays ? 'draft' : 'cancelled';
  if (age < approvalDays) return age === 0 ? 'draft' : 'awaiting-approval';
  if (on.arrivesOn > on.asOf) return 'issued';
  const since = daysBetween(on.arrivesOn, on.asOf);
  if (isPartial && since < 25) return 'partly-received';
  return since < closingDays ? 'received' : 'closed';
}

function makeLine(
  draw: Draw,
  offer: Offer,
  of: {
    readonly day: LocalDate;
    readonly promisedOn: LocalDate;
    readonly fate: string;
    readonly at: number;
  },
): SampleLine {
  const quantity = Math.max(
    1,
    Math.round((offer.item.range.quantity * draw.between(30, 190)) / 100),
  );
  const drift = Math.trunc((offer.supplier.driftPerMille * daysBetween(PRICES_OF, of.day)) / 365);
  const perMille = 1000 + drift + draw.between(-15, 15);
  const isShort = draw.happens(40);
  const isFaulty = draw.happens(45);
  const percent = draw.between(1, 12);
  const whole = of.fate === 'received' || of.fate === 'closed';
  const shortfall = isShort ? Math.floor((quantity * percent) / 100) : 0;
  const half = of.at % 2 === 0 ? Math.ceil(quantity / 2) : 0;
  const received = whole ? quantity - shortfall : of.fate === 'partly-received' ? half : 0;
  return {
    offer,
    quantity,
    received,
    rejected: isFaulty ? Math.ceil((received * percent) / 200) : 0,
    cents: Math.max(1, Math.round((offer.cents * perMille) / 1000)),
    promisedOn: of.promisedOn,
    final: whole,
  };
}
