import { rows, sql } from '#database';
import type { Handle } from '#database';
import { nameKeyOf } from './party-key.ts';
import { taxKeysOf } from './party.ts';
import type { PartyFields, PartyRole } from './party.ts';

/** Another party that may be the same one. */
export type Likeness = {
  readonly because: 'same-tax-id' | 'same-name';
  readonly party: string;
  readonly number: string;
  readonly name: string;
};

/**
 * For each of these, who may be the same: a tax number in common, or a name that differs only in
 * case, accents, punctuation or legal form. Nobody is refused for it.
 */
export async function findDuplicates(
  handle: Handle,
  role: PartyRole,
  parties: readonly (Pick<PartyFields, 'name' | 'taxIds'> & { readonly id?: string })[],
): Promise<readonly (readonly Likeness[])[]> {
  if (parties.length === 0) return [];
  const names = [...new Set(parties.map(({ name }) => nameKeyOf(name)))];
  const taxes = [...new Set(parties.flatMap(taxKeysOf))];
  const found = await rows<{
    id: string;
    number: string;
    name: string;
    name_key: string;
    tax_keys: readonly string[];
  }>(
    handle,
    sql`select id, number, name, name_key, tax_keys from erp_parties.party
      where role = ${role} and name_key = any(${names})
      union
      select id, number, name, name_key, tax_keys from erp_parties.party
      where role = ${role} and tax_keys ?| ${taxes}::text[]
      order by number, id`,
  );
  return parties.map((party) => {
    const [name, keys] = [nameKeyOf(party.name), new Set(taxKeysOf(party))];
    return found.flatMap((other): Likeness[] => {
      if (other.id === party.id) return [];
      const sameTax = other.tax_keys.some((key) => keys.has(key));
      if (!sameTax && other.name_key !== name) return [];
      const because = sameTax ? 'same-tax-id' : 'same-name';
      return [{ because, party: other.id, number: other.number, name: other.name }];
    });
  });
}
