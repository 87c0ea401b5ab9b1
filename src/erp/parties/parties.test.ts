import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations, createLegalEntity } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { parseIban } from './iban.ts';
import {
  addBankAccounts,
  bankAccountsOf,
  createCustomers,
  createSuppliers,
  customerFacts,
  endBankAccounts,
  findParties,
  listParties,
  partiesMigrations,
  partyHistory,
  payeeAccounts,
  setFourEyes,
  supplierFacts,
  updateCustomers,
  updateSuppliers,
  verifyBankAccounts,
} from './index.ts';
import type { BankAccountDraft, PartyDraft } from './index.ts';
import { nameKeyOf } from './party-key.ts';

let database: Database;
const context: ErpContext = {
  clock: () => instantOf(1_760_000_000_000), // 2025-10-09
  by: 'anna',
  legalEntity: 'RI',
};
const bert = { ...context, by: 'bert' };
const on = localDate('2025-10-09');
const IBAN = 'DE89 3704 0044 0532 0130 00';

beforeAll(async () => {
  database = await testDatabase([companyMigrations, partiesMigrations]);
  await transact(database, (tx) =>
    createLegalEntity(tx, context, {
      code: 'RI',
      name: 'Rialto',
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    }),
  );
});
afterAll(() => database.close());

const valueOf = <T>(result: Result<T> | undefined): T => {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);
const suppliers = (...drafts: PartyDraft[]) =>
  transact(database, (tx) => createSuppliers(tx, context, drafts));
const newSupplier = async (draft: PartyDraft): Promise<string> =>
  valueOf((await suppliers(draft))[0]).id;

test('customers and suppliers are numbered apart; each refusal says why', async () => {
  const made = await suppliers(
    { name: 'Alpha' },
    { name: 'Beta', number: 'V-1' },
    { name: 'Gamma', number: 'V-1' },
    { name: ' ' },
    { name: 'Delta', currency: 'euro' },
    { name: 'Delta', creditLimit: decimal('-1') },
    { name: 'Delta', country: 'Germany' },
    { name: 'Delta', blocks: ['sales'], blockReason: 'x' },
    { name: 'Delta', parent: 'none' },
    { name: 'Delta', taxIds: [{ scheme: 'vat', value: '-' }] },
  );
  expect(made.map(codeOf)).toEqual([
    'ok',
    'ok',
    'parties.number-taken',
    'parties.invalid',
    'parties.invalid',
    'parties.invalid',
    'parties.invalid',
    'parties.invalid',
    'parties.unknown-party',
    'parties.invalid',
  ]);
  expect(valueOf(made[0]).number).toBe('S-2025-000001');
  const [customer] = await transact(database, (tx) =>
    createCustomers(tx, context, [{ name: 'Kiosk', segment: 'retail', number: 'V-1' }]),
  );
  expect(valueOf(customer).number).toBe('V-1');
});

test('who may be the same is named, and created all the same', async () => {
  const vat = (value: string) => [{ scheme: 'vat', value }];
  const made = await suppliers(
    { name: 'Müller & Söhne GmbH', number: 'D-1', taxIds: vat('DE 123.456.789') },
    { name: 'MUELLER', number: 'D-2', taxIds: vat('de123456789') },
    { name: 'Muller Sohne', number: 'D-3' },
    { name: 'Muller Other', number: 'D-4' },
  );
  expect(
    made.map((one) => valueOf(one).warnings.map((each) => `${each.number} ${each.because}`)),
  ).toEqual([['D-2 same-tax-id', 'D-3 same-name'], ['D-1 same-tax-id'], ['D-1 same-name'], []]);
});

test('a name is compared without case, accents, punctuation and legal form', () => {
  expect(nameKeyOf('  Ångström, S.A.')).toBe('angstrom');
  expect(nameKeyOf('Limited')).toBe('limited'); // A name of nothing else is kept.
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(nameKeyOf(nameKeyOf(name))).toBe(nameKeyOf(name));
      expect(nameKeyOf(name.toUpperCase())).toBe(nameKeyOf(name.toUpperCase().toLowerCase()));
    }),
  );
});

test('a change needs the version it was made from, and is kept with who made it', async () => {
  const id = await newSupplier({ name: 'Epsilon' });
  const change = (version: number, set: Partial<PartyDraft>) =>
    transact(database, (tx) => updateSuppliers(tx, bert, [{ id, version, set }]));
  const block = { blocks: ['payment'], blockReason: 'disputed' } as const;
  expect((await change(1, block)).map(codeOf)).toEqual(['ok']);
  expect((await change(1, { name: 'Other' })).map(codeOf)).toEqual(['parties.version-conflict']);
  expect((await change(2, { parent: id })).map(codeOf)).toEqual(['parties.unknown-party']);
  const asCustomer = await transact(database, (tx) =>
    updateCustomers(tx, bert, [{ id, version: 2, set: { name: 'X' } }]),
  );
  expect(asCustomer.map(codeOf)).toEqual(['parties.unknown-party']);
  const facts = await supplierFacts(database.kysely, [id, 'none']);
  expect([...facts.values()]).toMatchObject([{ name: 'Epsilon', version: 2, ...block }]);
  expect((await customerFacts(database.kysely, [id])).size).toBe(0);
  expect(await partyHistory(database.kysely, id)).toEqual([
    {
      version: 2,
      changedBy: 'bert',
      changedAt: context.clock(),
      changes: { blocks: [[], ['payment']], block_reason: [null, 'disputed'] },
    },
  ]);
  const skipped = rows(
    database.kysely,
    sql`update erp_parties.party set version = 9 where id = ${id}`,
  );
  await expect(skipped).rejects.toThrow('makes the next version');
});

test('two changes from the same version: one wins, the other is told', async () => {
  const id = await newSupplier({ name: 'Zeta' });
  const change = (name: string) =>
    transact(database, (tx) => updateSuppliers(tx, context, [{ id, version: 1, set: { name } }]));
  const both = await Promise.all([change('One'), change('Two')]);
  expect(both.flat().map(codeOf).toSorted()).toEqual(['ok', 'parties.version-conflict']);
});

test('parties are listed by number, filtered, page after page', async () => {
  await suppliers(
    { name: 'List one', number: 'L-1', region: 'north' },
    { name: 'List two', number: 'L-2', blocks: ['payment'], blockReason: 'x' },
    { name: 'List three', number: 'L-3', taxIds: [{ scheme: 'vat', value: 'AT99' }] },
  );
  const list = async (more: object) =>
    (await listParties(database.kysely, { role: 'supplier', search: 'L-', limit: 2, ...more })).map(
      ({ number }) => number,
    );
  const { kysely } = database;
  const [first] = await listParties(kysely, { role: 'supplier', search: 'L-2', limit: 1 });
  expect(await list({})).toEqual(['L-1', 'L-2']);
  expect(await list({ after: first?.id })).toEqual(['L-3']);
  expect(await list({ region: 'north' })).toEqual(['L-1']);
  expect(await list({ block: 'payment' })).toEqual(['L-2']);
  expect(await list({ search: 'at99' })).toEqual(['L-3']);
  expect(await list({ role: 'customer' })).toEqual([]);
});

test('an IBAN is taken in any spacing and case when its check digits are right', () => {
  expect(parseIban('de89 3704 0044 0532 0130 00')).toBe('DE89370400440532013000');
  expect(parseIban('GB29NWBK60161331926819')).toBe('GB29NWBK60161331926819');
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const good = 'DE89370400440532013000';
      const digit = (Number(good[at]) + by) % 10;
      expect(parseIban(`${good.slice(0, at)}${digit}${good.slice(at + 1)}`)).toBe(undefined);
    }),
  );
});

const accounts = (...drafts: BankAccountDraft[]) =>
  transact(database, (tx) => addBankAccounts(tx, context, drafts));

test('a bank account is paid to once verified, while it holds', async () => {
  const party = await newSupplier({ name: 'Eta' });
  const draft: BankAccountDraft = { party, iban: IBAN, holder: 'Eta', validFrom: on };
  const made = await accounts(
    draft,
    { ...draft, iban: IBAN.toLowerCase() },
    { ...draft, iban: 'DE00 3704 0044 0532 0130 00' },
    { party, accountNumber: '12', bic: 'XXX', holder: 'Eta', validFrom: on },
    { ...draft, holder: '' },
    { ...draft, party: 'none' },
    { ...draft, validTo: localDate('2025-01-01') },
  );
  expect(made.map(codeOf)).toEqual([
    'ok',
    'parties.account-there',
    'parties.invalid-iban',
    'ok',
    'parties.invalid',
    'parties.unknown-party',
    'parties.account-ended',
  ]);
  const { id } = valueOf(made[0]);
  const payee = async (day: string) =>
    (await payeeAccounts(database.kysely, [party], localDate(day))).get(party)?.iban;
  expect(await payee('2025-10-09')).toBe(undefined);
  const verify = (by: ErpContext) => transact(database, (tx) => verifyBankAccounts(tx, by, [id]));
  expect((await verify(context)).map(codeOf)).toEqual(['ok']);
  expect((await verify(context)).map(codeOf)).toEqual(['parties.already-verified']);
  expect(await payee('2025-10-08')).toBe(undefined);
  expect(await payee('2025-10-09')).toBe('DE89370400440532013000');
  const end = (day: string) =>
    transact(database, (tx) => endBankAccounts(tx, context, [{ id, on: localDate(day) }]));
  expect((await end('2025-10-01')).map(codeOf)).toEqual(['parties.account-ended']);
  expect((await end('2025-12-31')).map(codeOf)).toEqual(['ok']);
  expect((await end('2026-01-31')).map(codeOf)).toEqual(['parties.account-ended']);
  expect(await payee('2026-01-01')).toBe(undefined);
  expect((await accounts({ ...draft, validFrom: localDate('2026-01-01') })).map(codeOf)).toEqual([
    'ok',
  ]);
  const known = await bankAccountsOf(database.kysely, [party]);
  expect(known.filter((each) => each.iban !== undefined)).toMatchObject([
    { enteredBy: 'anna', verifiedBy: 'anna', verifiedAt: context.clock(), validTo: '2025-12-31' },
    { validFrom: '2026-01-01' },
  ]);
});

test('where two must look, who entered an account cannot verify it, not even in the database', async () => {
  const party = await newSupplier({ name: 'Theta' });
  await transact(database, (tx) => setFourEyes(tx, context, true));
  const [made] = await accounts({ party, iban: IBAN, holder: 'Theta', validFrom: on });
  await transact(database, (tx) => setFourEyes(tx, context, false)); // Too late for this one.
  const { id } = valueOf(made);
  const verify = (by: ErpContext) => transact(database, (tx) => verifyBankAccounts(tx, by, [id]));
  expect((await verify(context)).map(codeOf)).toEqual(['parties.same-eyes']);
  const byHand = rows(
    database.kysely,
    sql`update erp_parties.bank_account set verified_by = 'anna', verified_at = now() where id = ${id}`,
  );
  await expect(byHand).rejects.toThrow('another_verifies');
  expect((await verify(bert)).map(codeOf)).toEqual(['ok']);
  const edited = rows(
    database.kysely,
    sql`update erp_parties.bank_account set iban = 'GB29NWBK60161331926819',
      account_key = 'GB29NWBK60161331926819' where id = ${id}`,
  );
  await expect(edited).rejects.toThrow('not edited');
});

test('the same account entered twice at once stands once', async () => {
  const party = await newSupplier({ name: 'Iota' });
  const draft: BankAccountDraft = { party, iban: IBAN, holder: 'Iota', validFrom: on };
  const both = await Promise.all([accounts(draft), accounts(draft)]);
  expect(both.flat().map(codeOf).toSorted()).toEqual(['ok', 'parties.account-there']);
  expect((await findParties(database.kysely, [party])).get(party)?.version).toBe(1);
});
