import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  all,
  AmountIn,
  ByEntity,
  ById,
  Changed,
  clearable,
  DayIn,
  History,
  IDS,
  LIMIT,
  NOTHING,
  tells,
  text,
  BOOKS,
  sort,
} from './shapes.ts';

const TaxId = z.strictObject({
  scheme: z.string().min(1).max(30),
  value: z.string().min(1).max(50),
});
const Address = z.strictObject({
  kind: z.enum(['main', 'billing', 'shipping', 'other']),
  street: text(200).exactOptional(),
  postalCode: text(20).exactOptional(),
  city: text(100).exactOptional(),
  region: text(100).exactOptional(),
  country: z.string().regex(/^[A-Z]{2}$/),
});
const Contact = z.strictObject({
  name: z.string().min(1).max(200),
  function: text(100).exactOptional(),
  email: text(200).exactOptional(),
  phone: text(50).exactOptional(),
});
const Role = z.enum(['customer', 'supplier']);
const Block = z.enum(['purchasing', 'payment', 'sales', 'delivery']);
const status = z.enum(['active', 'inactive']);

const Fields = {
  name: z.string().min(1).max(200),
  legalName: text(200).optional(),
  status,
  taxIds: z.array(TaxId).max(20).readonly(),
  addresses: z.array(Address).max(50).readonly(),
  contacts: z.array(Contact).max(50).readonly(),
  country: text(2).optional(),
  region: text(100).optional(),
  segment: text(50).optional(),
  category: text(50).optional(),
  salesperson: text(100).optional(),
  currency: text(3).optional(),
  paymentTerms: text(50).optional(),
  incoterm: text(10).optional(),
  creditLimit: z.string().optional(),
  parent: text(100).optional(),
  standsFor: text(8).optional(),
  blocks: z.array(Block).max(4).readonly(),
  blockReason: text(500).optional(),
};
const Party = z.strictObject({
  ...Fields,
  id: z.string(),
  role: Role,
  legalEntity: z.string(),
  number: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  changedBy: z.string(),
  changedAt: Moment,
});
const Change = z.strictObject({
  name: Fields.name.exactOptional(),
  legalName: clearable(text(200)),
  status: status.exactOptional(),
  taxIds: Fields.taxIds.exactOptional(),
  addresses: Fields.addresses.exactOptional(),
  contacts: Fields.contacts.exactOptional(),
  country: clearable(text(2)),
  region: clearable(text(100)),
  segment: clearable(text(50)),
  category: clearable(text(50)),
  salesperson: clearable(text(100)),
  currency: clearable(text(3)),
  paymentTerms: clearable(text(50)),
  incoterm: clearable(text(10)),
  creditLimit: clearable(AmountIn),
  parent: clearable(text(100)),
  standsFor: clearable(text(8)),
  blocks: Fields.blocks.exactOptional(),
  blockReason: clearable(text(500)),
});
const NewParty = Change.extend({
  role: Role,
  name: Fields.name,
  number: z.string().min(1).max(40).exactOptional(), // Else the next of the series.
});
const Likeness = z.strictObject({
  because: z.enum(['same-tax-id', 'same-name']),
  party: z.string(),
  number: z.string(),
  name: z.string(),
});
const warnings = z.array(Likeness).readonly(); // Who may be the same; nobody is refused for it.
const BankAccount = z.strictObject({
  id: z.string(),
  party: z.string(),
  version: z.number().int(),
  iban: z.string().optional(),
  accountNumber: z.string().optional(),
  bic: z.string().optional(),
  holder: z.string(),
  currency: z.string().optional(),
  validFrom: Day,
  validTo: Day.optional(),
  fourEyes: z.boolean(),
  enteredBy: z.string(),
  enteredAt: Moment,
  verifiedBy: z.string().exactOptional(), // Only a verified account is paid to.
  verifiedAt: Moment.exactOptional(),
});
const NewBankAccount = z.strictObject({
  iban: text(42).optional(),
  accountNumber: text(40).optional(),
  bic: text(11).optional(),
  holder: z.string().min(1).max(200),
  currency: text(3).optional(),
  validFrom: DayIn,
  validTo: DayIn.optional(),
});
const Done = z.strictObject({ id: z.string() });

/** Whether another than who entered a bank account has to verify it; of those entered from now on. */
const Settings = z.strictObject({ fourEyes: z.boolean() });

/** Routes about customers and suppliers. */
export const PARTY_ROUTES = {
  listParties: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/parties`,
    params: ByEntity,
    query: z.strictObject({
      role: Role,
      search: text(200).optional(),
      status: status.optional(),
      block: Block.optional(),
      segment: text(50).optional(),
      region: text(100).optional(),
      salesperson: text(100).optional(),
      ...sort(['number', 'name']),
      after: text(200).optional(), // `next` of the page before.
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(Party).readonly(), next: z.string().optional() }),
  },
  getPartySettings: tells('party-settings', Settings, {}),
  setPartySettings: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/party-settings`,
    params: ByEntity,
    body: Settings,
    reply: Settings,
  },
  nameParties: tells(
    'party-names',
    all(z.strictObject({ id: z.string(), number: z.string(), name: z.string(), role: Role })),
    { ids: IDS },
  ),
  getParty: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/parties/:id`,
    params: ById,
    reply: z.strictObject({
      party: Party,
      bankAccounts: z.array(BankAccount).readonly(),
      history: z.array(History).readonly(), // Newest first.
    }),
  },
  createParty: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/parties`,
    params: ByEntity,
    body: NewParty,
    reply: z.strictObject({ id: z.string(), number: z.string(), warnings }),
  },
  updateParty: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/parties/:id`,
    params: ById,
    body: z.strictObject({ version: z.number().int(), set: Change }),
    reply: Changed.extend({ warnings }),
  },
  addBankAccount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/parties/:id/bank-accounts`,
    params: ById,
    body: NewBankAccount,
    reply: Done,
  },
  verifyBankAccount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/bank-accounts/:id/verify`,
    params: ById,
    reply: Done,
  },
  endBankAccount: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/bank-accounts/:id/end`,
    params: ById,
    body: z.strictObject({ on: DayIn }), // The last day on which it is used.
    reply: Done,
  },
} as const;
