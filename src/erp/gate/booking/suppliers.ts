import type { Supplier } from '#canonical';
import { accept, paymentTerms } from '#erp/company';
import type { Result } from '#erp/company';
import { createSuppliers, findParties, updateSuppliers } from '#erp/parties';
import type { Party, PartyDraft } from '#erp/parties';
import { bookingOf, changeOf, no, only, versionOf } from './booking.ts';
import type { Desk } from './booking.ts';

const BLOCKS = { 'blocked-purchasing': ['purchasing'], 'blocked-payment': ['payment'] } as const;

/** A new supplier, under the number that it has elsewhere. */
export const createSupplier = bookingOf('supplier', async (desk, content) => {
  const terms = await termsProblem(desk, content);
  if (terms !== undefined) return terms;
  const { tx, context } = desk;
  const draft: PartyDraft = { ...fieldsOf(content), name: content.name, number: content.number };
  const made = only(await createSuppliers(tx, context, [draft]));
  if (!made.ok) return made;
  return accept({ key: made.value.id, version: '1', number: content.number });
});

/** What is said of a supplier; what is left out stays. Its number stays too. */
export const updateSupplier = changeOf((desk, target) =>
  bookingOf('supplier', async (_, content) => {
    const terms = await termsProblem(desk, content);
    if (terms !== undefined) return terms;
    const { tx, context } = desk;
    const party = (await findParties(tx, [target.key])).get(target.key);
    const change = {
      id: target.key,
      version: versionOf(target) ?? party?.version ?? 0,
      set: { ...fieldsOf(content, party), name: content.name },
    };
    const made = only(await updateSuppliers(tx, context, [change]));
    if (!made.ok) return made;
    return accept({ key: target.key, version: String(made.value.version) });
  })(desk),
);

function fieldsOf(content: Supplier, now?: Party): Partial<PartyDraft> {
  const { status, currency, category, country, region, city, paymentTerms: terms } = content;
  const blocks = status === 'active' || status === 'inactive' ? [] : [...BLOCKS[status]];
  const others = (now?.addresses ?? []).filter(({ kind }) => kind !== 'main');
  const main = now?.addresses.find(({ kind }) => kind === 'main');
  const at = country ?? main?.country;
  return {
    status: status === 'inactive' ? 'inactive' : 'active',
    blocks,
    ...(currency === undefined ? {} : { currency }),
    ...(category === undefined ? {} : { category }),
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(terms === undefined ? {} : { paymentTerms: terms }),
    ...(city === undefined || at === undefined
      ? {}
      : { addresses: [{ ...main, kind: 'main', city, country: at }, ...others] }),
  };
}

async function termsProblem(
  { tx }: Desk,
  { paymentTerms: code }: Supplier,
): Promise<Result<never> | undefined> {
  if (code === undefined || (await paymentTerms(tx)).has(code)) return undefined;
  return no('gate.no-such-terms', `there are no payment terms ${code}`, 'paymentTerms');
}
