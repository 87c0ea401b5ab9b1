import { listLegalEntities } from '#erp/company';
import { findParties } from '#erp/parties';
import type { PartyRole } from '#erp/parties';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

/** Parties of a role, of every legal entity: each may trade with all of them. */
const readParties =
  (role: PartyRole): Reader =>
  async (handle, keys) => {
    const currencies = new Map(
      (await listLegalEntities(handle)).map(({ code, currency }) => [code, currency]),
    );
    return [...(await findParties(handle, keys)).values()].map((party) => {
      const main = party.addresses.find(({ kind }) => kind === 'main') ?? party.addresses[0];
      const content = {
        ...party,
        country: party.country ?? main?.country,
        city: main?.city,
        limitCurrency: party.currency ?? currencies.get(party.legalEntity),
      };
      return { of: party.id, documents: party.role === role ? [documentOf(party, content)] : [] };
    });
  };

/** Suppliers, each with the currency that its credit limit is in. */
export const readSuppliers: Reader = readParties('supplier');

/** Customers, in the same way. */
export const readCustomers: Reader = readParties('customer');
