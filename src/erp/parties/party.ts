import { sql } from '#database';
import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { parseCurrency } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant } from '#kernel/time';
import type { PartiesProblemCode } from './errors.ts';
import { nameKeyOf, taxKeyOf } from './party-key.ts';

export type PartyRole = 'customer' | 'supplier';

/** What must not be done with a party for now. */
export type Block = 'purchasing' | 'payment' | 'sales' | 'delivery';

export type Address = {
  readonly kind: 'main' | 'billing' | 'shipping' | 'other';
  readonly street?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country: string; // ISO 3166-1, two letters.
};

export type Contact = {
  readonly name: string;
  readonly function?: string;
  readonly email?: string;
  readonly phone?: string;
};

/** What somebody says of a customer or a supplier. */
export type PartyFields = {
  readonly name: string;
  readonly legalName: string | undefined;
  readonly status: 'active' | 'inactive';
  readonly taxIds: readonly { readonly scheme: string; readonly value: string }[];
  readonly addresses: readonly Address[];
  readonly contacts: readonly Contact[];
  readonly country: string | undefined;
  readonly region: string | undefined;
  readonly segment: string | undefined;
  readonly category: string | undefined;
  readonly salesperson: string | undefined;
  readonly currency: string | undefined; // Undefined: the company's.
  readonly paymentTerms: string | undefined;
  readonly incoterm: string | undefined;
  readonly creditLimit: Decimal | undefined; // Undefined: none is set.
  readonly parent: string | undefined;
  readonly standsFor: string | undefined; // Our own legal entity that it is.
  readonly blocks: readonly Block[];
  readonly blockReason: string | undefined;
};

/** A customer or a supplier. */
export type Party = PartyFields & {
  readonly id: string;
  readonly role: PartyRole;
  readonly legalEntity: string;
  readonly number: string;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly changedBy: string;
  readonly changedAt: Instant;
};

/** A party as it is asked for; without a number it takes the next of its series ('C' or 'S'). */
export type PartyDraft = Partial<PartyFields> &
  Pick<PartyFields, 'name'> & { readonly number?: string };

/** What a new party is when nobody says otherwise. */
export const PARTY_DEFAULTS: Omit<PartyFields, 'name'> = {
  legalName: undefined,
  status: 'active',
  taxIds: [],
  addresses: [],
  contacts: [],
  country: undefined,
  region: undefined,
  segment: undefined,
  category: undefined,
  salesperson: undefined,
  currency: undefined,
  paymentTerms: undefined,
  incoterm: undefined,
  creditLimit: undefined,
  parent: undefined,
  standsFor: undefined,
  blocks: [],
  blockReason: undefined,
};

/** The columns a party's fields are written to, with their types. */
export const PARTY_COLUMNS = {
  id: 'text',
  name: 'text',
  legal_name: 'text',
  name_key: 'text',
  status: 'text',
  tax_ids: 'jsonb',
  tax_keys: 'jsonb',
  addresses: 'jsonb',
  contacts: 'jsonb',
  country: 'text',
  region: 'text',
  segment: 'text',
  category: 'text',
  salesperson: 'text',
  currency: 'text',
  payment_terms: 'text',
  incoterm: 'text',
  credit_limit: 'numeric',
  parent: 'text',
  stands_for: 'text',
  blocks: 'jsonb',
  block_reason: 'text',
} as const;

/** A party's fields as a row to write. */
export const partyRowOf = (
  party: PartyFields & { readonly id: string },
): Record<keyof typeof PARTY_COLUMNS, string | undefined> => ({
  id: party.id,
  name: party.name.trim(),
  legal_name: party.legalName,
  name_key: nameKeyOf(party.name),
  status: party.status,
  tax_ids: JSON.stringify(party.taxIds),
  tax_keys: JSON.stringify(taxKeysOf(party)),
  addresses: JSON.stringify(party.addresses),
  contacts: JSON.stringify(party.contacts),
  country: party.country,
  region: party.region,
  segment: party.segment,
  category: party.category,
  salesperson: party.salesperson,
  currency: party.currency,
  payment_terms: party.paymentTerms,
  incoterm: party.incoterm,
  credit_limit: party.creditLimit,
  parent: party.parent,
  stands_for: party.standsFor,
  blocks: JSON.stringify(party.blocks),
  block_reason: party.blocks.length === 0 ? undefined : party.blockReason,
});

/** What is read of `erp_parties.party p`. */
export const PARTY_SELECT = sql`p.id, p.role, p.legal_entity as "legalEntity", p.number, p.version,
  p.name, p.legal_name as "legalName", p.status, p.tax_ids as "taxIds", p.addresses, p.contacts,
  p.country, p.region, p.segment, p.category, p.salesperson, p.currency,
  p.payment_terms as "paymentTerms", p.incoterm, p.credit_limit as "creditLimit", p.parent,
  p.stands_for as "standsFor", p.blocks, p.block_reason as "blockReason",
  p.created_by as "createdBy", p.created_at as "createdAt", p.changed_by as "changedBy",
  p.changed_at as "changedAt"`;

/** A row of `PARTY_SELECT`. */
export type PartyRow = {
  readonly [Field in keyof Party]:
    | Exclude<Party[Field], undefined>
    | (undefined extends Party[Field] ? null : never);
};

/** A party as it stands in the database. */
export const partyOf = (row: PartyRow): Party => ({
  ...row,
  legalName: row.legalName ?? undefined,
  country: row.country ?? undefined,
  region: row.region ?? undefined,
  segment: row.segment ?? undefined,
  category: row.category ?? undefined,
  salesperson: row.salesperson ?? undefined,
  currency: row.currency ?? undefined,
  paymentTerms: row.paymentTerms ?? undefined,
  incoterm: row.incoterm ?? undefined,
  creditLimit: row.creditLimit ?? undefined,
  parent: row.parent ?? undefined,
  standsFor: row.standsFor ?? undefined,
  blockReason: row.blockReason ?? undefined,
});

/** A party's tax numbers as they are compared. */
export const taxKeysOf = ({ taxIds }: Pick<PartyFields, 'taxIds'>): string[] => [
  ...new Set(taxIds.map(taxKeyOf)),
];

const BLOCKS_OF: Readonly<Record<PartyRole, readonly Block[]>> = {
  supplier: ['purchasing', 'payment'],
  customer: ['sales', 'delivery', 'payment'],
};

const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text);

/** What is wrong with a party's fields. Undefined: nothing. */
export function partyProblem(
  role: PartyRole,
  party: PartyFields,
): Refusal<PartiesProblemCode> | undefined {
  const { currency, creditLimit, country, taxIds, addresses, contacts, blocks } = party;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [party.name.trim() !== '', 'name', 'is empty'],
    [currency === undefined || parseCurrency(currency) !== undefined, 'currency', 'is none'],
    [
      creditLimit === undefined || compareDecimals(creditLimit, decimal('0')) >= 0,
      'creditLimit',
      'is negative',
    ],
    [country === undefined || isCountry(country), 'country', 'is no country of two letters'],
    [addresses.every((each) => isCountry(each.country)), 'addresses', 'name no country'],
    [contacts.every(({ name }) => name.trim() !== ''), 'contacts', 'have one without a name'],
    [
      taxIds.every((tax) => tax.scheme !== '' && taxKeyOf(tax) !== `${tax.scheme.toLowerCase()}:`),
      'taxIds',
      'have one without scheme or value',
    ],
    [
      blocks.every((block) => BLOCKS_OF[role].includes(block)),
      'blocks',
      `hold one that no ${role} has`,
    ],
    [new Set(blocks).size === blocks.length, 'blocks', 'hold one twice'],
  ];
  const failed = checks.find(([right]) => !right);
  if (failed === undefined) return undefined;
  const [, field, why] = failed;
  return refuse('parties.invalid', `the ${role}'s ${field} ${why}`, field);
}
