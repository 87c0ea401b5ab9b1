/** The accounts that Tryton itself would choose. It tells them only by what they come from. */
import { asObject, asObjects } from '../rpc.ts';
import { id, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, rowOf, search } from './desk.ts';
import type { Desk } from './desk.ts';
import { idOrNull } from './resolve.ts';

const PARENTS_MAX = 10;

/** What we owe a supplier is booked here: the party's account, else the company's. */
export async function payableAccount(desk: Desk, supplier: string): Promise<Sent> {
  const what = { fields: ['account_payable'], name: 'party', field: 'supplier' };
  const party = await rowOf(desk, 'party.party', supplier, what);
  return idOrNull(party['account_payable']) ?? (await configured(desk, 'default_account_payable'));
}

/** What an item costs is booked here: its category's account, or a wider one's, else the company's. */
export async function expenseAccount(desk: Desk, category: string): Promise<Sent> {
  let key = category;
  for (let depth = 0; key !== '' && depth < PARENTS_MAX; depth += 1) {
    const fields = ['account_expense', 'account_parent', 'parent'];
    const [row] = await search(desk, 'product.category', [['id', '=', id(key)]], fields);
    const account = idOrNull(row?.['account_expense']);
    if (account !== null) return account;
    key = row?.['account_parent'] === true ? textOf(row['parent']) : '';
  }
  return configured(desk, 'default_category_account_expense');
}

/** An account by its code or name. */
export async function accountNamed(desk: Desk, code: string, field: string): Promise<Sent> {
  const domain: Sent = ['OR', ['code', '=', code], ['name', '=', code]];
  const [account] = await search(desk, 'account.account', domain, ['code']);
  if (account !== undefined) return id(textOf(account['id']));
  throw new CannotBook('invalid', `Tryton has no account '${code}'`, field);
}

async function configured({ rpc, stop }: Desk, field: string): Promise<Sent> {
  const answer = await rpc.read('account.configuration', 'read', [[1], [field]], stop);
  const [row] = asObjects(answer);
  return idOrNull(asObject(row ?? null)[field]);
}
