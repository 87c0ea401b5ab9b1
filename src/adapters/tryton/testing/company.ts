/** The company that every test begins with: accounts, a fiscal year, a supplier, two items. */
import { assert } from '#kernel';
import type { Json } from '#kernel';
import { plain } from '../wire.ts';
import { dateOfTryton, decimalOfTryton, listOf, signIn } from './remote.ts';
import type { Remote } from './remote.ts';

export const ADMIN_PASSWORD = 'admin-pw-1';

/** The Tryton modules that the adapter uses. */
export const MODULES = [
  'party',
  'product',
  'purchase',
  'stock',
  'account_invoice',
  'account_invoice_stock',
  'production',
];

/** The user that Rialto signs in as, with the rights its guide names and no more. */
export type Company = {
  readonly user: { readonly name: string; readonly password: string };
  readonly company: number;
  readonly currency: number;
  readonly supplier: number;
  readonly items: readonly number[]; // Products: a bought one, and one made of it.
  readonly warehouse: number;
  readonly storage: number;
  readonly accountCategory: number;
  readonly year: number; // The fiscal year that is open.
};

/** The groups a user needs, as the guide lists them. */
const GROUPS = [
  'Party Administration',
  'Product Administration',
  'Purchase',
  'Stock',
  'Account',
  'Production',
];

/** Fills an empty database. What it needs to know again is in the answer. */
export async function makeCompany(url: string, database: string): Promise<Company> {
  const { company, currency } = await openCompany(url, database);
  const admin = await signIn(url, database, {
    name: 'admin',
    password: ADMIN_PASSWORD,
    company,
  });
  const accounts = await makeAccounts(admin, company);
  const year = await makeFiscalYear(admin, company);
  const term = await admin.one('account.invoice.payment_term', 'create', [
    { name: '30 days', lines: [['create', [{ type: 'remainder' }]]] },
  ]);
  const supplier = await admin.one('party.party', 'create', [
    {
      name: 'Nordic Fasteners AB',
      addresses: [['create', [{ street: 'Hamngatan 2', city: 'Malmö', invoice: true }]]],
      account_payable: accounts.payable,
      account_receivable: accounts.receivable,
      supplier_payment_term: term,
    },
  ]);
  const accountCategory = await admin.one('product.category', 'create', [
    {
      name: 'Bought',
      accounting: true,
      account_expense: accounts.expense,
      account_revenue: accounts.revenue,
    },
  ]);
  const items = [
    await makeItem(admin, { code: 'BRG6204', name: 'Ball bearing 6204', accountCategory }),
    await makeItem(admin, { code: 'KIT1', name: 'Bearing kit', accountCategory }),
  ];
  const warehouse = await first(admin, 'stock.location', [['type', '=', 'warehouse']]);
  const { storage_location } = await admin.read('stock.location', warehouse, ['storage_location']);
  return {
    user: await makeUser(admin, company),
    company,
    currency,
    supplier,
    items,
    warehouse,
    storage: Number(storage_location),
    accountCategory,
    year,
  };
}

async function openCompany(url: string, database: string) {
  const admin = await signIn(url, database, { name: 'admin', password: ADMIN_PASSWORD });
  const currency = await admin.one('currency.currency', 'create', [
    {
      name: 'Euro',
      code: 'EUR',
      symbol: '€',
      rates: [['create', [{ date: dateOfTryton('2020-01-01'), rate: decimalOfTryton('1') }]]],
    },
  ]);
  const own = await admin.one('party.party', 'create', [{ name: 'Test Company' }]);
  const company = await admin.one('company.company', 'create', [{ party: own, currency }]);
  await admin.model('res.user', 'write', [1], { companies: [['add', [company]]], company });
  return { company, currency };
}

/** One thing that can be bought and made, counted in units. */
async function makeItem(
  admin: Remote,
  item: { readonly code: string; readonly name: string; readonly accountCategory: number },
): Promise<number> {
  const template = await admin.one('product.template', 'create', [
    {
      name: item.name,
      code: item.code,
      type: 'goods',
      default_uom: 1,
      purchasable: true,
      purchase_uom: 1,
      producible: true,
      list_price: decimalOfTryton('9.90'),
      account_category: item.accountCategory,
      products: [['create', [{ cost_price: decimalOfTryton('4.20') }]]],
    },
  ]);
  return first(admin, 'product.product', [['template', '=', template]]);
}

async function first(admin: Remote, model: string, domain: Json): Promise<number> {
  return admin.one(model, 'search', domain, 0, 1, null);
}

async function makeAccounts(admin: Remote, company: number) {
  const template = await first(admin, 'account.account.template', [['parent', '=', null]]);
  const wizard = await admin.call('wizard.account.create_chart.create', [{ company }]);
  const [session] = listOf(wizard);
  assert(session !== undefined, 'the wizard for accounts opens');
  await admin.call('wizard.account.create_chart.execute', [
    session,
    { account: { company, account_template: template } },
    'create_account',
    { company },
  ]);
  await admin.call('wizard.account.create_chart.delete', [session, { company }]);
  const ofType = (kind: string) =>
    first(admin, 'account.account', [
      [`type.${kind}`, '=', true],
      ['closed', '!=', true],
    ]);
  return {
    payable: await ofType('payable'),
    receivable: await ofType('receivable'),
    expense: await ofType('expense'),
    revenue: await ofType('revenue'),
  };
}

async function makeFiscalYear(admin: Remote, company: number): Promise<number> {
  const today = plain(await admin.model('ir.date', 'today'));
  assert(typeof today === 'string', 'a day is text');
  const year = today.slice(0, 4);
  const typeOf = (name: string) => first(admin, 'ir.sequence.type', [['name', '=', name]]);
  const moves = await admin.one('ir.sequence', 'create', [
    { name: 'Moves', sequence_type: await typeOf('Account Move'), company },
  ]);
  const sequence = async (name: string) =>
    admin.one('ir.sequence.strict', 'create', [
      { name, sequence_type: await typeOf('Invoice'), company },
    ]);
  const invoiceSequences = {
    company,
    in_invoice_sequence: await sequence('Bills'),
    in_credit_note_sequence: await sequence('Bill credits'),
    out_invoice_sequence: await sequence('Invoices'),
    out_credit_note_sequence: await sequence('Credits'),
  };
  const id = await admin.one('account.fiscalyear', 'create', [
    {
      name: year,
      company,
      start_date: dateOfTryton(`${year}-01-01`),
      end_date: dateOfTryton(`${year}-12-31`),
      post_move_sequence: moves,
      invoice_sequences: [['create', [invoiceSequences]]],
    },
  ]);
  await admin.model('account.fiscalyear', 'create_period', [id]);
  return Number(year);
}

async function makeUser(admin: Remote, company: number): Promise<Company['user']> {
  const groups: number[] = [];
  for (const name of GROUPS) groups.push(await first(admin, 'res.group', [['name', '=', name]]));
  const user = { name: 'rialto', password: 'rialto-pw-1' };
  await admin.model('res.user', 'create', [
    {
      name: 'Rialto',
      login: user.name,
      password: user.password,
      groups: [['add', groups]],
      companies: [['add', [company]]],
      company,
    },
  ]);
  return user;
}
