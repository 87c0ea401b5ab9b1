import { useLanguage } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';

/** The accounts of the ledger that something may be posted to, to choose from. */
export function useAccountChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { code } = useEntity();
  const language = useLanguage();
  const accounts = useBooks('listAccounts', { params: { entity: code } }).data?.items ?? [];
  return accounts
    .filter(({ blocked }) => !blocked)
    .map(({ number, name }) => ({ value: number, label: `${number} ${name[language]}` }));
}
