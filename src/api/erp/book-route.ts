import { z } from 'zod';
import type { Permission, ReplyOf, RouteName } from '#api-contract';
import type { Handle } from '#database';
import { findLegalEntity } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { notThere } from '../errors.ts';
import { bookingRoute } from '../route.ts';
import type { Audit, BookingRequest, Route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** What differs between routes that change the books of a legal entity. */
type Booking<Name extends RouteName> = {
  readonly name: Name;
  readonly summary: string;
  readonly permission: Permission;
  readonly audit: Extract<Audit, { readonly within: unknown }>;
  readonly errors: readonly string[];
  readonly bodyBytesMax?: number; // Where more may be sent than elsewhere.
  /** The area's command, for one draft; the first result is the answer. */
  readonly book: (
    tx: Handle,
    context: ErpContext,
    request: BookingRequest<Name>,
  ) => Promise<readonly Result<ReplyOf<Name>>[]>;
};

const OfEntity = z.looseObject({ entity: z.string().default(''), id: z.string().optional() });
const Named = z.looseObject({ number: z.string().optional(), id: z.string().optional() });

/**
 * A route that books in one transaction with its audit event: the same Idempotency-Key books once;
 * what the business refuses becomes a problem document. The event names what was made, and of what.
 */
export function bookRoute<Name extends RouteName>({ book, ...rest }: Booking<Name>): Route {
  return bookingRoute<Name>({
    ...rest,
    errors: [...new Set(['api.no-such-record', 'company.key-reused', ...rest.errors])],
    once: true,
    handle: (request, services) =>
      request.change(async (tx) => {
        const { params, body, note } = request;
        const { entity, id: of } = OfEntity.parse(params);
        const there = isThere(tx, entity); // Asked together with whether it is done already.
        there.catch(() => undefined); // Then that fails, too.
        const context = contextOf(request, services, entity);
        const asked = { ...request, name: rest.name, request: jsonOf({ params, body }) };
        const done = await bookOnce(tx, services, asked, async () => {
          if (!(await there)) throw notThere('api.no-such-record', `the legal entity ${entity}`);
          const [result] = await book(tx, context, request);
          return granted(result);
        });
        const { number, id } = Named.parse(done);
        const subject = number ?? id ?? of;
        note({
          ...(subject === undefined ? {} : { subject }),
          details: { legalEntity: entity, ...(of === undefined ? {} : { of }) },
        });
        return done;
      }),
  });
}

/** Whether there are such books; routes that are not of a legal entity name none. */
const isThere = async (tx: Handle, entity: string): Promise<boolean> =>
  entity === '' || (await findLegalEntity(tx, entity)) !== undefined;
