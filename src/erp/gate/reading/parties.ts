import { findParties } from '#erp/parties';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

/** Suppliers of every legal entity: each may trade with all of them. */
export const readSuppliers: Reader = async (handle, keys) =>
  [...(await findParties(handle, keys)).values()].map((party) => {
    const main = party.addresses.find(({ kind }) => kind === 'main') ?? party.addresses[0];
    const content = { ...party, country: party.country ?? main?.country, city: main?.city };
    return {
      of: party.id,
      documents: party.role === 'supplier' ? [documentOf(party, content)] : [],
    };
  });
