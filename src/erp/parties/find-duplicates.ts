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
  const found = await rows<Other>(
    handle,
    sql`select id, number, name, name_key, tax_keys from erp_parties.party
      where role = ${role} and name_key = any(${names})
      union
      select p.id, p.number, p.name, p.name_key, p.tax_keys
      from (select array_agg(tax) as taxes from unnest(${taxes}::text[]) with ordinality as t (tax, nth)
        group by nth / ${TAXES_AT_ONCE}) asked
      cross join lateral (select * from erp_parties.party p
        where p.tax_keys ?| asked.taxes offset 0) p -- By this alone: any index of roles finds them all.
      where p.role = ${role}
      order by number, id`,
  );
  const byName = Map.groupBy(found, (other) => other.name_key);
  const byTax = new Map<string, Other[]>();
  for (const other of found) {
    for (const key of other.tax_keys) byTax.set(key, [...(byTax.get(key) ?? []), other]);
  }
  return parties.map((party) => {
    const sameTax = new Set(taxKeysOf(party).flatMap((key) => byTax.get(key) ?? []));
    const alike = new Set([...sameTax, ...(byName.get(nameKeyOf(party.name)) ?? [])]);
    return [...alike]
      .filter(({ id }) => id !== party.id)
      .toSorted(byNumber)
      .map((other) => ({
        because: sameTax.has(other) ? 'same-tax-id' : 'same-name',
        party: other.id,
        number: other.number,
        name: other.name,
      }));
  });
}

/** A row that is found is compared with as many, and each look costs a way through what is new. */
const TAXES_AT_ONCE = 100;

type Other = {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly name_key: string;
  readonly tax_keys: readonly string[];
};

const byNumber = (a: Other, b: Other): number =>
  `${a.number} ${a.id}` < `${b.number} ${b.id}` ? -1 : 1;
