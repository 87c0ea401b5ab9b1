/** Books of a company that is reached over real HTTP, on a PostgreSQL of the test's own. */
import { z } from 'zod';
import { addPerson, openSession } from '#access';
import type { Role } from '#access';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { bankingMigrations } from '#erp/banking';
import { companyMigrations } from '#erp/company';
import { importsMigrations } from '#erp/imports';
import { inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { ledgerMigrations } from '#erp/ledger';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { payablesMigrations } from '#erp/payables';
import { productionMigrations } from '#erp/production';
import { projectsMigrations } from '#erp/projects';
import { purchasingMigrations } from '#erp/purchasing';
import { receivablesMigrations } from '#erp/receivables';
import { salesMigrations } from '#erp/sales';
import { subscriptionsMigrations } from '#erp/subscriptions';
import { assert } from '#kernel';
import { instantOf } from '#kernel/time';
import { createServer } from '../index.ts';
import { API_MODULES, emptyServices } from '../testing.ts';

export type Body = Readonly<Record<string, unknown>>;
export type Answer = { readonly status: number; readonly body: Body };
type Headers = Readonly<Record<string, string>>;
type Ask = (path: string, payload: object, headers?: Headers) => Promise<Answer>;

/** A company, DE01, with open books. Paths of `read`, `post` and `put` are within its books. */
export type Books = {
  readonly database: Database;
  ask(method: string, url: string, payload?: object, headers?: Headers): Promise<Answer>;
  read(path: string, headers?: Headers): Promise<Answer>;
  readonly post: Ask;
  readonly put: Ask;
  /** Someone of a role, signed in: to be handed to the others as headers. */
  someone(role: Role): Promise<Headers>;
  /** Founds another company: where its books begin. */
  elsewhere(): Promise<string>;
  close(): Promise<void>;
};

/** The day it is, for the server too. */
export const TODAY = '2025-10-09';
let elapsed = 0;
/** It goes on by a millisecond at each look: what is made later has the later id. */
const clock = () => {
  elapsed += 1;
  return instantOf(1_760_000_000_000 + elapsed);
};
const BOOKS = '/v1/erp/legal-entities/DE01';
const OWNER = { authorization: 'Bearer the-owner-token' };

const MODULES = [
  ...API_MODULES,
  companyMigrations,
  ledgerMigrations,
  itemsMigrations,
  partiesMigrations,
  inventoryMigrations,
  openItemsMigrations,
  purchasingMigrations,
  payablesMigrations,
  salesMigrations,
  receivablesMigrations,
  projectsMigrations,
  subscriptionsMigrations,
  bankingMigrations,
  productionMigrations,
  importsMigrations,
];

/** Opens them. */
export async function openBooks(fiscalYears: readonly number[] = [2025, 2026]): Promise<Books> {
  const database = await testDatabase(MODULES);
  const app = await createServer({ services: emptyServices(database, { clock }) });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  let people = 0;
  const ask: Books['ask'] = async (method, url, payload, headers = {}) => {
    const reply = await fetch(new URL(url, address), {
      method,
      headers: {
        ...('cookie' in headers ? {} : OWNER),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
    });
    return {
      status: reply.status,
      body: z.record(z.string(), z.unknown()).parse(await reply.json()),
    };
  };
  const within =
    (method: string): Ask =>
    (path, payload, headers) =>
      ask(method, `${BOOKS}/${path}`, payload, headers);
  const found = async (code: string, name: string) => {
    const place = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' };
    const company = { code, name, ...place, fiscalYears };
    const founded = await ask('POST', '/v1/erp/legal-entities', company);
    assert(founded.status === 200, `founding answered ${founded.status}`);
  };
  await found('DE01', 'Muster GmbH');
  return {
    database,
    ask,
    read: (path, headers) => ask('GET', `${BOOKS}/${path}`, undefined, headers),
    post: within('POST'),
    put: within('PUT'),
    someone: async (role) => {
      people += 1;
      const person = await addPerson(database.kysely, clock, { name: `${role} ${people}`, role });
      const { token } = await openSession(database.kysely, clock, person);
      return { cookie: `rialto=${token}`, 'sec-fetch-site': 'same-origin' };
    },
    elsewhere: async () => {
      await found('DE02', 'Andere GmbH');
      return '/v1/erp/legal-entities/DE02';
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

export const idOf = ({ status, body }: Answer): string => {
  assert(typeof body['id'] === 'string', `no id but ${status} ${JSON.stringify(body)}`);
  return body['id'];
};

export const rowsOf = ({ body }: Answer): readonly Body[] =>
  z.array(z.record(z.string(), z.unknown())).parse(body['items']);

/** What an answer looks like that says no. */
export const refused = (status: number, code: string) => ({ status, body: { code } });

/** A key that makes a request happen once. */
export const once = (key: string) => ({ 'idempotency-key': key });
