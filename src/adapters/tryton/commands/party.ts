import type { Command } from '#adapter-kit';
import { id, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, contentOf, search, targetOf } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Alteration, Creation, Standing } from './flow.ts';
import { callOn } from './standing.ts';

const MODEL = 'party.party';

/** A party; our reference is one of its identifiers, beside tax numbers and the like. */
export const createSupplier: Creation = {
  flow: 'creation',
  operation: 'create-supplier',
  model: MODEL,
  find: (desk, { reference }) => partyOf(desk, [['identifiers.code', '=', reference]]),
  async begin(desk, command) {
    const supplier = contentOf(command, 'supplier');
    const term =
      supplier.paymentTerms === undefined ? undefined : await termOf(desk, supplier.paymentTerms);
    const address = await addressOf(desk, supplier);
    const values = {
      name: supplier.name,
      code: supplier.number,
      active: supplier.status !== 'inactive',
      ...(term === undefined ? {} : { supplier_payment_term: term }),
      ...(address === undefined ? {} : { addresses: [['create', [address]]] }),
      identifiers: [['create', [{ code: command.reference }]]],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next: () => undefined,
  undo: (desk, { record }) => callOn(desk, MODEL, 'delete', [[id(record)]]),
};

/** Name, number and whether it is active. Addresses are Tryton's own. */
export const updateSupplier: Alteration = {
  flow: 'alteration',
  operation: 'update-supplier',
  model: MODEL,
  async look(desk, command) {
    const wanted = valuesOf(command);
    const key = id(targetOf(command));
    const [row] = await search(desk, MODEL, [['id', '=', key]], ['name', 'code', 'active']);
    const standing = await partyOf(desk, [['id', '=', key]]);
    if (row === undefined || standing === undefined) return undefined;
    const asWanted = Object.entries(wanted).every(([name, value]) => row[name] === value);
    return { ...standing, asWanted };
  },
  async call(_desk, command, { record }) {
    const params = [[id(record)], valuesOf(command)];
    return Promise.resolve({ model: MODEL, method: 'write', params });
  },
};

function valuesOf(command: Command): Readonly<Record<string, string | boolean>> {
  const { name, number, status } = contentOf(command, 'supplier');
  return { name, code: number, active: status !== 'inactive' };
}

async function partyOf(desk: Desk, domain: Sent): Promise<Standing | undefined> {
  const [row] = await search(desk, MODEL, domain, ['code', 'active', '_timestamp']);
  if (row === undefined) return undefined;
  const record = textOf(row['id']);
  return {
    record,
    key: record,
    state: row['active'] === true ? 'active' : 'inactive',
    version: textOf(row['_timestamp']),
    number: textOf(row['code']),
  };
}

async function termOf(desk: Desk, name: string): Promise<Sent> {
  const [term] = await search(
    desk,
    'account.invoice.payment_term',
    [['name', '=', name]],
    ['name'],
  );
  if (term !== undefined) return id(textOf(term['id']));
  throw new CannotBook('invalid', `Tryton has no payment terms '${name}'`, 'paymentTerms');
}

async function addressOf(
  desk: Desk,
  { city, country }: { readonly city?: string | undefined; readonly country?: string | undefined },
): Promise<Sent | undefined> {
  if (city === undefined && country === undefined) return { invoice: true };
  const [found] =
    country === undefined
      ? []
      : await search(desk, 'country.country', [['code', '=', country]], ['code']);
  return {
    invoice: true,
    ...(city === undefined ? {} : { city }),
    ...(found === undefined ? {} : { country: id(textOf(found['id'])) }),
  };
}
