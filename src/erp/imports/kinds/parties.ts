import { paymentTerms } from '#erp/company';
import {
  addBankAccounts,
  bankAccountsOf,
  createCustomers,
  createSuppliers,
  parseIban,
  partiesByNumber,
  updateCustomers,
  updateSuppliers,
} from '#erp/parties';
import type { BankAccountDraft, Party, PartyChange, PartyDraft, PartyRole } from '#erp/parties';
import { assert } from '#kernel';
import { dayIn } from '#kernel/time';
import { differing } from '../differing.ts';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused, refusedBy, UNCHANGED } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import { retiredRecords } from '../retired-records.ts';
import type { Row } from '../row.ts';

const SHARED = `
legalName    | text     | Legal name                         | Rechtlicher Name, Name 2
vatId        | text 50  | VAT number, VAT ID, VAT            | USt-IdNr, Umsatzsteuer-ID, UID
taxNumber    | text 50  | Tax number                         | Steuernummer
street       | text     | Street, Address                    | Straße, Adresse
postalCode   | text 20  | Postal code, Zip, Zip code         | PLZ, Postleitzahl
city         | text 100 | City, Town                         | Ort, Stadt
region       | text 100 | Region, State                      | Bundesland, Gebiet
country      | country  | Country, Country code              | Land, Länderkennzeichen
contact      | text     | Contact, Contact person            | Ansprechpartner, Kontakt
email        | text     | Email                              | E-Mail-Adresse, Mail
phone        | text 50  | Phone, Telephone                   | Telefon
paymentTerms | text 50  | Payment terms, Terms               | Zahlungsbedingung, Zahlungsziel
currency     | currency | Currency                           | Währung
category     | text 50  | Category                           | Kategorie
incoterm     | text 10  | Incoterm, Incoterms                | Lieferbedingung
iban         | text 42  | IBAN                               | IBAN-Nummer
bic          | text 11  | BIC, SWIFT                         | BIC-Code
accountNumber| text 40  | Account number, Bank account       | Kontonummer
holder       | text     | Account holder                     | Kontoinhaber
status       | choice active=aktiv inactive=inaktiv,gesperrt | Status | Zustand
`;
const FIELDS = {
  customer: fieldsFrom(`
number*      | text 40  | Customer number, Number, Customer no, Customer | Kundennummer, Nummer, Kunden-Nr, Debitor, Kunde
name*        | text     | Name, Customer name, Company       | Name, Firma, Kundenname
creditLimit  | decimal  | Credit limit                       | Kreditlimit
segment      | text 50  | Segment, Customer group            | Segment, Kundengruppe
salesperson  | text 100 | Salesperson, Sales rep             | Verkäufer, Vertreter
${SHARED.trim()}`),
  supplier: fieldsFrom(`
number*      | text 40  | Supplier number, Number, Supplier no, Vendor, Supplier | Lieferantennummer, Nummer, Lieferanten-Nr, Kreditor, Lieferant
name*        | text     | Name, Supplier name, Company       | Name, Firma, Lieferantenname
${SHARED.trim()}`),
} as const;

/** Where a party says in one list what a file says in cells of their own. */
const NAMES = { taxIds: 'vatId', addresses: 'country', contacts: 'contact' };
const COPIED = [
  'name',
  'legalName',
  'region',
  'country',
  'segment',
  'category',
  'salesperson',
  'currency',
  'paymentTerms',
  'incoterm',
] as const;

/** Customers, or suppliers, with their address, tax numbers, terms and a bank account. */
export const partyKind = (role: PartyRole): ImportKind => ({
  fields: FIELDS[role],
  asksOpeningDay: false,
  isWhole: false,
  keyOf: (row) => row.text('number') ?? '',
  open: (desk) => openParties(desk, role),
});

/** A line and what it asks for. `known`: who bears the number already. */
type Asked = {
  readonly row: Row;
  readonly known: Party | undefined;
  readonly set: Partial<PartyDraft>;
  readonly account: Omit<BankAccountDraft, 'party'> | undefined;
};

async function openParties(desk: Desk, role: PartyRole): Promise<Booker> {
  const { tx, context } = desk;
  const terms = await paymentTerms(tx);
  const today = dayIn('UTC', context.clock());
  return async (rows) => {
    const numbers = rows.map((row) => row.text('number') ?? '');
    const { legalEntity } = context;
    const isRetired = await retiredRecords(desk, `${role}s`, numbers);
    const known = await partiesByNumber(tx, { legalEntity, role, numbers });
    const accounts = Map.groupBy(
      await bankAccountsOf(
        tx,
        [...known.values()].map(({ id }) => id),
      ),
      ({ party }) => party,
    );
    const outcomes: Outcome[] = [];
    const asked = rows.map((row, at): Asked | undefined => {
      const problem = problemOf(row, terms);
      if (problem !== undefined) {
        outcomes[at] = problem;
        return undefined;
      }
      const party = known.get(row.text('number') ?? '');
      const held = party === undefined ? [] : (accounts.get(party.id) ?? []);
      const keys = new Set(held.map(({ iban, accountNumber }) => iban ?? accountNumber));
      const account = accountOf(row, today);
      const isNew = account !== undefined && !keys.has(account.iban ?? account.accountNumber);
      const said = fieldsOf(row, party);
      const again = party !== undefined && isRetired({ ...party, number: party.number ?? '' });
      const fields = again ? { status: 'active' as const, ...said } : said;
      const set = party === undefined ? fields : differing(fields, party, ['creditLimit']);
      if (party !== undefined && !isNew && Object.keys(set).length === 0) outcomes[at] = UNCHANGED;
      return { row, known: party, set, account: isNew ? account : undefined };
    });
    const open = asked.flatMap((one, at) =>
      one === undefined || outcomes[at] !== undefined ? [] : [{ ...one, at }],
    );
    await book(desk, role, { open, outcomes });
    return outcomes;
  };
}

async function book(
  { tx, context }: Desk,
  role: PartyRole,
  {
    open,
    outcomes,
  }: {
    readonly open: readonly (Asked & { readonly at: number })[];
    readonly outcomes: Outcome[];
  },
): Promise<void> {
  const isCustomer = role === 'customer';
  const fresh = open.filter(({ known }) => known === undefined);
  const drafts = fresh.map(
    ({ row, set }): PartyDraft => ({
      ...set,
      name: row.text('name') ?? '',
      number: row.text('number') ?? '',
    }),
  );
  const create = isCustomer ? createCustomers : createSuppliers;
  const made = await create(tx, context, drafts);
  const ids = new Map<number, string>();
  for (const [place, { at }] of fresh.entries()) {
    const result = made[place];
    if (result === undefined) continue;
    outcomes[at] = result.ok ? createdAs(result.value.warnings) : refusedBy(result.problem, NAMES);
    if (result.ok) ids.set(at, result.value.id);
  }
  const others = open.flatMap(({ known, set, at }) =>
    known === undefined ? [] : [{ known, set, at }],
  );
  for (const { known, at } of others) {
    outcomes[at] = { did: 'changed', message: 'bank account' };
    ids.set(at, known.id);
  }
  const changed = others.filter(({ set }) => Object.keys(set).length > 0);
  const changes = changed.map(({ known: { id, version }, set }): PartyChange => {
    const { number: _number, ...fields } = set;
    return { id, version, set: fields };
  });
  const update = isCustomer ? updateCustomers : updateSuppliers;
  for (const [place, result] of (await update(tx, context, changes)).entries()) {
    const one = changed[place];
    if (one === undefined) continue;
    outcomes[one.at] = result.ok
      ? { did: 'changed', message: Object.keys(one.set).join(', ') }
      : refusedBy(result.problem, NAMES);
    if (!result.ok) ids.delete(one.at);
  }
  const accounts = open.flatMap(({ account, at }) => {
    const party = ids.get(at);
    return party === undefined || account === undefined ? [] : [{ ...account, party }];
  });
  const entered = await addBankAccounts(tx, context, accounts);
  assert(
    entered.every(({ ok }) => ok),
    'an account that was looked at is entered',
  );
}

/** Somebody new, with whom may be the same. */
function createdAs(alike: readonly { readonly number: string; readonly name: string }[]): Outcome {
  const [one] = alike;
  if (one === undefined) return CREATED;
  return { ...CREATED, message: `may be the same as ${one.number} (${one.name})` };
}

function problemOf(row: Row, terms: ReadonlyMap<string, unknown>): Outcome | undefined {
  const code = row.text('paymentTerms');
  if (code !== undefined && !terms.has(code)) {
    const message = `there are no payment terms ${code}; there are ${[...terms.keys()].join(', ')}`;
    return refused('imports.unknown-terms', message, 'paymentTerms');
  }
  const iban = row.text('iban');
  if (iban !== undefined && parseIban(iban) === undefined) {
    return refused('parties.invalid-iban', `the check digits of '${iban}' are wrong`, 'iban');
  }
  const needsCountry = ['street', 'city', 'postalCode'].find(
    (field) => row.text(field) !== undefined,
  );
  return needsCountry !== undefined && row.text('country') === undefined
    ? refused('imports.value-missing', 'an address names its country', 'country')
    : undefined;
}

/** What a line says; where a party has lists, other entries of them stay. */
function fieldsOf(row: Row, party: Party | undefined): Partial<PartyDraft> {
  const taxIds = (['vat', 'tax'] as const).flatMap((scheme) => {
    const value = row.text(scheme === 'vat' ? 'vatId' : 'taxNumber');
    return value === undefined ? [] : [{ scheme, value }];
  });
  const said = new Set<string>(taxIds.map(({ scheme }) => scheme));
  const otherTaxes = (party?.taxIds ?? []).filter(({ scheme }) => !said.has(scheme));
  const [contact, ...otherContacts] = party?.contacts ?? [];
  const person = row.text('contact') ?? contact?.name ?? row.text('name') ?? '';
  const reached = ['contact', 'email', 'phone'].some((field) => row.text(field) !== undefined);
  const creditLimit = row.decimal('creditLimit');
  const status = row.text('status');
  return {
    ...Object.fromEntries(COPIED.flatMap((name) => saying(name, row.text(name)))),
    ...(creditLimit === undefined ? {} : { creditLimit }),
    ...(status === undefined ? {} : { status: status === 'inactive' ? 'inactive' : 'active' }),
    ...(taxIds.length === 0 ? {} : { taxIds: [...taxIds, ...otherTaxes] }),
    ...addressesOf(row, party),
    ...(reached
      ? {
          contacts: [
            {
              ...contact,
              name: person,
              ...Object.fromEntries(
                (['email', 'phone'] as const).flatMap((name) => saying(name, row.text(name))),
              ),
            },
            ...otherContacts,
          ],
        }
      : {}),
  };
}

const saying = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];

function addressesOf(row: Row, party: Party | undefined): Partial<PartyDraft> {
  const country = row.text('country');
  const cells = ['street', 'postalCode', 'city', 'region'] as const;
  const said = Object.fromEntries(cells.flatMap((name) => saying(name, row.text(name))));
  if (country === undefined || !['street', 'city', 'postalCode'].some((name) => name in said)) {
    return {};
  }
  const others = (party?.addresses ?? []).filter(({ kind }) => kind !== 'main');
  const main = party?.addresses.find(({ kind }) => kind === 'main');
  return { addresses: [{ ...main, kind: 'main', ...said, country }, ...others] };
}

function accountOf(
  row: Row,
  today: BankAccountDraft['validFrom'],
): Omit<BankAccountDraft, 'party'> | undefined {
  const [iban, accountNumber] = [row.text('iban'), row.text('accountNumber')];
  if (iban === undefined && accountNumber === undefined) return undefined;
  return {
    ...(iban === undefined ? { accountNumber } : { iban: parseIban(iban) }),
    bic: row.text('bic'),
    holder: row.text('holder') ?? row.text('name') ?? '',
    validFrom: today,
  };
}
