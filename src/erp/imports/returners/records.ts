import type { Handle } from '#database';
import type { ErpContext, Result } from '#erp/company';
import { listOwnAccounts } from '#erp/banking';
import { itemsMoved, ownersHere } from '#erp/inventory/opening';
import { itemsByNumber, updateItems } from '#erp/items';
import { itemsNamed, partiesPriced } from '#erp/items/in-use';
import { listAccounts, listDetermination, updateAccount } from '#erp/ledger';
import { accountsNamed, accountsPosted } from '#erp/ledger/reports';
import { partiesOwing } from '#erp/open-items/settling';
import { partiesByNumber, updateCustomers, updateSuppliers } from '#erp/parties';
import type { PartyRole } from '#erp/parties';
import { itemsMade, suppliersWorking } from '#erp/production/in-use';
import { customersServed } from '#erp/projects';
import { accountsBoughtFor, itemsBought, suppliersOrdered } from '#erp/purchasing/in-use';
import { customersOrdering, itemsSold } from '#erp/sales/in-use';
import { customersSubscribed } from '#erp/subscriptions';
import { importLines } from '../keep-import.ts';
import type { ImportLine } from '../report.ts';
import { returned } from '../taking-back.ts';
import type { HeldLine, RetiredRecord, Returner } from '../taking-back.ts';

/** A record as it stands. */
type Standing = {
  readonly id: string;
  readonly version: number;
  readonly isInUse: boolean; // Active, not blocked.
};

/** How the records of a kind are found by the keys of lines, and put out of use. */
type Records = {
  find(tx: Handle, legalEntity: string, keys: readonly string[]): Promise<Map<string, Standing>>;
  /** Those that something stands on. */
  usedOf(tx: Handle, legalEntity: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  retire(
    tx: Handle,
    context: ErpContext,
    records: readonly Standing[],
  ): Promise<readonly Result<unknown>[]>;
};

const LINES_MAX = 1_000_000;

/**
 * Takes master data back: records that the import made are put out of use, never deleted. Held is what
 * it only changed, what was changed since, and what something stands on.
 */
const returnRecords =
  (records: Records): Returner =>
  async ({ tx, context, of: { id } }) => {
    const { legalEntity } = context;
    const linesOf = (outcome: 'created' | 'changed'): Promise<readonly ImportLine[]> =>
      importLines(tx, { id, outcome, limit: LINES_MAX });
    const [made, changed] = [await linesOf('created'), await linesOf('changed')];
    const keys = made.map(({ key }) => key);
    const standing = await records.find(tx, legalEntity, keys);
    const ids = [...standing.values()].map((one) => one.id);
    const used = await records.usedOf(tx, legalEntity, ids);
    const held = [
      ...changed.map(onlyChanged),
      ...made.flatMap((line) => heldBack(line, standing.get(line.key), used)),
    ].toSorted((a, b) => a.line - b.line);
    const count = made.length + changed.length;
    if (held.length > 0) return returned(count - held.length, { held });
    const open = [...standing].filter(([, { isInUse }]) => isInUse);
    const results = await records.retire(
      tx,
      context,
      open.map(([, one]) => one),
    );
    const refused = results.find((each) => !each.ok);
    const retired = open.map(
      ([key, { version }]): RetiredRecord => ({ key, version: version + 1 }),
    );
    return refused?.ok === false
      ? returned(count, { problem: refused.problem })
      : returned(count, { retired });
  };

const onlyChanged = ({ line, key, message = '' }: ImportLine): HeldLine => ({
  line,
  key,
  code: 'imports.only-changed',
  message: `it was there before, and the import changed it (${message}): bring the right values`,
});

function heldBack(
  { line, key }: ImportLine,
  one: Standing | undefined,
  used: ReadonlySet<string>,
): readonly HeldLine[] {
  if (one?.version !== 1) {
    const message = 'it was changed since: bring the right values, or put it out of use by hand';
    return [{ line, key, code: 'imports.changed-since', message }];
  }
  if (!used.has(one.id)) return [];
  const message = 'something stands on it: take that back first, or bring the right values';
  return [{ line, key, code: 'imports.in-use', message }];
}

/** Looks where records of some ids may be named; answers those that are. */
type Use = (tx: Handle, ids: readonly string[]) => Promise<Iterable<string>>;

async function among(
  tx: Handle,
  ids: readonly string[],
  uses: readonly Use[],
): Promise<ReadonlySet<string>> {
  const used = await Promise.all(uses.map((use) => use(tx, ids)));
  return new Set(used.flatMap((found) => [...found]));
}

const PARTY_USES: Readonly<Record<PartyRole, readonly Use[]>> = {
  customer: [partiesOwing, partiesPriced, customersOrdering, customersSubscribed, customersServed],
  supplier: [partiesOwing, partiesPriced, suppliersOrdered, suppliersWorking, ownersHere],
};
const ITEM_USES: readonly Use[] = [itemsMoved, itemsNamed, itemsSold, itemsBought, itemsMade];

const partyRecords = (role: PartyRole): Records => ({
  async find(tx, legalEntity, numbers) {
    const found = await partiesByNumber(tx, { legalEntity, role, numbers });
    return new Map(
      [...found].map(([number, { id, version, status }]) => [
        number,
        { id, version, isInUse: status === 'active' },
      ]),
    );
  },
  usedOf: (tx, _legalEntity, ids) => among(tx, ids, PARTY_USES[role]),
  retire: (tx, context, records) => {
    const update = role === 'customer' ? updateCustomers : updateSuppliers;
    const inactive = { status: 'inactive' } as const;
    return update(
      tx,
      context,
      records.map(({ id, version }) => ({ id, version, set: inactive })),
    );
  },
});

const ITEMS: Records = {
  async find(tx, legalEntity, numbers) {
    const found = await itemsByNumber(tx, legalEntity, numbers);
    return new Map(
      [...found].map(([number, { id, version, status }]) => [
        number,
        { id, version, isInUse: status === 'active' },
      ]),
    );
  },
  usedOf: (tx, _legalEntity, ids) => among(tx, ids, ITEM_USES),
  retire: (tx, context, records) => {
    const inactive = { status: 'inactive' } as const;
    return updateItems(
      tx,
      context,
      records.map(({ id, version }) => ({ id, version, set: inactive })),
    );
  },
};

const ACCOUNTS: Records = {
  async find(tx, legalEntity, numbers) {
    const wanted = new Set(numbers);
    return new Map(
      (await listAccounts(tx, legalEntity))
        .filter(({ number }) => wanted.has(number))
        .map(({ number, version, blocked }) => [
          number,
          { id: number, version, isInUse: !blocked },
        ]),
    );
  },
  async usedOf(tx, legalEntity, numbers) {
    const rules = await listDetermination(tx, legalEntity);
    const banks = await listOwnAccounts(tx, legalEntity);
    return new Set([
      ...rules.map(({ account }) => account),
      ...banks.flatMap(({ ledgerAccount, clearingAccount }) => [ledgerAccount, clearingAccount]),
      ...(await accountsPosted(tx, legalEntity, numbers)),
      ...(await accountsNamed(tx, legalEntity, numbers)),
      ...(await accountsBoughtFor(tx, legalEntity, numbers)),
    ]);
  },
  async retire(tx, context, records) {
    const results: Result<unknown>[] = [];
    for (const { id: number, version } of records) {
      results.push(await updateAccount(tx, context, { number, version, blocked: true }));
    }
    return results;
  },
};

export const returnAccounts = returnRecords(ACCOUNTS);
export const returnCustomers = returnRecords(partyRecords('customer'));
export const returnSuppliers = returnRecords(partyRecords('supplier'));
export const returnItems = returnRecords(ITEMS);
