import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import type { JsonObject } from '#kernel';
import type { Collection, ErpDocument } from './document.ts';

/** One thing that was really booked. */
export type Booking = {
  readonly number: number; // From 1, without gaps.
  readonly at: string;
  readonly action: 'create' | 'change' | 'cancel';
  readonly collection: Collection;
  readonly id: string;
  readonly reference?: string;
  readonly amount?: string; // The document's net amount, where it has one.
  readonly document: ErpDocument; // As it was after this booking.
  readonly order?: ErpDocument; // The purchase order that a receipt changed with it.
};

/** The append-only file of bookings. */
export type Ledger = {
  readonly bookings: readonly Booking[];
  append(booking: Omit<Booking, 'number'>): Booking;
  close(): void;
};

/** Opens the ledger; what a kill tore off at its end was never booked and is cut away. */
export function openLedger(path: string): Ledger {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  const bookings = whole
    .split('\n')
    .filter((line) => line !== '')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below, and only there.
    .map((line) => JSON.parse(line) as Booking);
  const file = openSync(path, 'a', 0o600);
  return {
    bookings,
    append(booking) {
      const numbered: Booking = { number: bookings.length + 1, ...booking };
      writeSync(file, `${JSON.stringify(numbered)}\n`);
      fsyncSync(file); // On disk before anyone hears of it.
      bookings.push(numbered);
      return numbered;
    },
    close: () => closeSync(file),
  };
}

/** A booking as the control route tells it. */
export function bookingWire({ document, order, ...rest }: Booking): JsonObject {
  const { externalReference, ...kept } = document;
  const reference = externalReference === undefined ? {} : { externalReference };
  const changed = order === undefined ? {} : { order: { ...order } };
  return { ...rest, document: { ...kept, ...reference }, ...changed };
}
