export { ALL_ROUTES } from './all-routes.ts';
export { runBooking } from './bookings.ts';
export type { Booked, Booking } from './bookings.ts';
export type { ApiErrorCode } from './errors.ts';
export { createServer } from './server.ts';
export type { ServerSettings } from './server.ts';
export type { Services } from './services.ts';
