import { z } from 'zod';
import type { Answer, Call, Erp } from './answer.ts';
import { isCollection, wireOf } from './document.ts';
import { FaultsSchema } from './faults.ts';
import { bookingWire } from './ledger.ts';
import type { Booking } from './ledger.ts';

/** What a test may do to the ERP beside calling it. */
export type Control = {
  readonly erp: Erp;
  readonly bookings: readonly Booking[];
  readonly goDown: (forMs: number) => void;
};

const Down = z.strictObject({ forMs: z.number().int().min(0).max(600_000) });
const Edit = z.strictObject({
  collection: z.string(),
  id: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Answers a call to a control route. */
export function answerControl({ erp, bookings, goDown }: Control, call: Call): Answer {
  const body: unknown = call.body === '' ? undefined : JSON.parse(call.body);
  switch (`${call.method} ${call.url.pathname}`) {
    case 'GET /control/ledger':
      return { status: 200, body: { bookings: bookings.map(bookingWire) } };
    case 'GET /control/faults':
      return { status: 200, body: { ...erp.faults } };
    case 'PUT /control/faults':
      erp.faults = FaultsSchema.parse(body);
      return { status: 200, body: { ...erp.faults } };
    case 'POST /control/down':
      goDown(Down.parse(body).forMs);
      return { status: 200, body: {} };
    case 'POST /control/expire-tokens':
      erp.tokens.expireAll();
      return { status: 200, body: {} };
    case 'POST /control/edit': {
      const { collection, id, fields } = Edit.parse(body);
      if (!isCollection(collection)) return { status: 404, body: {} };
      return { status: 200, body: wireOf(erp.books.edit(collection, id, fields)) };
    }
    default:
      return { status: 404, body: {} };
  }
}
