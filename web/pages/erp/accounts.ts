import type { ReplyOf } from '#api-contract';
import { useLanguage } from '../../shared/i18n.ts';
import { useBooks } from './ask-books.ts';
import { useEntity } from './entity.ts';

type Account = ReplyOf<'listAccounts'>['items'][number];

/** Says what an account is called, in the reader's language. */
export function useAccountName(): (number: string) => string | undefined {
  const { code } = useEntity();
  const language = useLanguage();
  const found = useBooks('listAccounts', { params: { entity: code } }).data?.items ?? [];
  const names = new Map(found.map(({ number, name }: Account) => [number, name[language]]));
  return (number) => names.get(number);
}
