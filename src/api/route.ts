import type { z } from 'zod';
import { ROUTES } from '#api-contract';
import type { Permission, ReplyOf, RouteName, Shape } from '#api-contract';
import type { Instant } from '#kernel/time';
import type { Keeper } from './keep-event.ts';
import type { Services } from './services.ts';

/** Who asks. */
export type Principal = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly by: 'cookie' | 'bearer' | 'nobody';
  readonly expiresAt?: string;
};

type Action = `${string}.${string}`;

/** What the audit log gets of a call. */
export type Audit =
  | { readonly within: Action } // A change in the database: the event is in its transaction.
  | { readonly around: Action } // The world outside it: an intent before, the outcome after.
  | { readonly after: Action } // What was read and shown.
  | { readonly none: string }; // Why nothing need be kept.

/** Sets or clears the cookie that signs a browser in. */
export type SessionCookie = {
  readonly token: string | undefined;
  set(token: string, expiresAt: Instant): void;
  clear(): void;
};

type Asked = Keeper & {
  readonly traceId: string;
  readonly address: string; // Where the caller is, as far as we can see.
  readonly cookie: SessionCookie;
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined; // Of the header: the same key happens once.
  /** Ends the live streams of a person whose sessions have ended. */
  readonly endStreams: (personId: string) => void;
};

/** A call whose parts passed their schemas. */
export type RouteRequest<Name extends RouteName> = Asked & {
  readonly params: z.output<(typeof ROUTES)[Name]['params']>;
  readonly query: z.output<(typeof ROUTES)[Name]['query']>;
  readonly body: z.output<(typeof ROUTES)[Name]['body']>;
};

/** What a booking is told of its call, and what of the house it needs: any thread may run it that has both. */
export type BookingRequest<Name extends RouteName> = Omit<
  RouteRequest<Name>,
  'cookie' | 'endStreams'
>;
export type BookingServices = Pick<Services, 'database' | 'clock'>;

/** Which rows of a list, apart from the page. */
export type ListQuery<Name extends RouteName> = Omit<
  RouteRequest<Name>['query'],
  'page' | 'pageSize'
>;

/** One route, its types folded away: what the server registers. */
export type Route = {
  readonly name: RouteName;
  readonly shape: Shape;
  readonly summary: string;
  readonly permission: Permission | 'public';
  readonly audit: Audit;
  readonly errors: readonly string[];
  readonly once?: true; // It takes an Idempotency-Key.
  readonly bodyBytesMax?: number; // Where more may be sent than elsewhere.
  /** Of a booking: the same, for whichever thread runs it. */
  readonly book?: (request: unknown, services: BookingServices) => Promise<unknown>;
  handle(request: unknown, services: Services): Promise<unknown>;
};

/**
 * Declares a route of the contract. Permission and audit must be stated; 'public' is for those
 * who have yet to sign in. `errors`: the codes it may answer with beside the common ones.
 */
export function route<Name extends RouteName>(definition: {
  readonly name: Name;
  readonly summary: string;
  readonly permission: Permission | 'public';
  readonly audit: Audit;
  readonly errors: readonly string[];
  readonly once?: true;
  readonly bodyBytesMax?: number;
  handle(request: RouteRequest<Name>, services: Services): Promise<ReplyOf<Name>>;
}): Route {
  return {
    ...definition,
    shape: ROUTES[definition.name],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape's schemas passed it.
    handle: (request, services) => definition.handle(request as RouteRequest<Name>, services),
  };
}

/** Declares a route that books: what it needs is the database and the clock alone. */
export function bookingRoute<Name extends RouteName>(
  definition: Omit<Parameters<typeof route<Name>>[0], 'handle'> & {
    handle(request: BookingRequest<Name>, services: BookingServices): Promise<ReplyOf<Name>>;
  },
): Route {
  return {
    ...route<Name>(definition),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape's schemas passed it.
    book: (request, services) => definition.handle(request as BookingRequest<Name>, services),
  };
}
