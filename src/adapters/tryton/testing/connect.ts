import { directTransport } from '#adapter-kit/http';
import type { DocumentAdapter, ExchangeLog, Writer } from '#adapter-kit';
import { assert } from '#kernel';
import { systemClock } from '#kernel/time';
import { connectTryton } from '../connect.ts';
import type { TrytonSettings } from '../settings.ts';
import type { Company } from './company.ts';

/** Where a test's Tryton is, and who signs in. */
export type Reached = {
  readonly url: string;
  readonly database: string;
  readonly company: Company;
};

/** The adapter of a test's Tryton, as the user with the rights that the guide names. */
export function connectAsRialto(
  { url, database, company }: Reached,
  more: Partial<TrytonSettings> & { readonly log?: ExchangeLog } = {},
): DocumentAdapter {
  const { log, ...settings } = more;
  const destinations = { hosts: [new URL(settings.url ?? url).host], networks: ['127.0.0.0/8'] };
  return connectTryton(
    {
      url,
      database,
      username: company.user.name,
      password: company.user.password,
      ...settings,
    },
    {
      transport: directTransport({ destinations }),
      clock: systemClock,
      random: Math.random,
      ...(log === undefined ? {} : { log }),
    },
  );
}

/** The same, to be written to. */
export function writerAsRialto(
  reached: Reached,
  more: Partial<TrytonSettings> & { readonly log?: ExchangeLog } = {},
): Writer {
  const { writer } = connectAsRialto(reached, more);
  assert(writer !== undefined, 'a Tryton can be written to');
  return writer;
}
