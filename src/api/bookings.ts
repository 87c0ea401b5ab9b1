/** Bookings that another thread runs: who shows lists and pages does not hold them up, nor they him. */
import { z } from 'zod';
import type { RouteName } from '#api-contract';
import { assert } from '#kernel';
import { ALL_ROUTES } from './all-routes.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { audited } from './keep-event.ts';
import type { Call } from './keep-event.ts';
import type { BookingRequest, BookingServices, Route } from './route.ts';

/** A booking that may run, as it is sent to the thread that runs it. Its parts passed their schemas. */
export type Booking = {
  readonly name: RouteName;
  readonly call: Omit<Call, 'services'>;
  readonly asked: Omit<BookingRequest<RouteName>, 'note' | 'change'>;
};

/** What came of it: the reply as JSON text, or why there is none. */
export type Booked = { readonly reply: string } | { readonly failure: Failure };

const BOOKING_ROUTES: ReadonlyMap<string, Route> = new Map(
  ALL_ROUTES.filter(({ book }) => book !== undefined).map((route) => [route.name, route]),
);

/** Runs a booking with its audit event, as the server itself would. */
export async function runBooking(services: BookingServices, booking: Booking): Promise<Booked> {
  const { name, call, asked } = booking;
  try {
    const { audit, book, shape } = BOOKING_ROUTES.get(name) ?? {};
    assert(audit !== undefined && book !== undefined && shape !== undefined, `${name} books`);
    const done = await audited(audit, { ...call, services }, (keeper) =>
      book({ ...asked, ...keeper }, services),
    );
    return { reply: JSON.stringify(z.encode(shape.reply, done)) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
