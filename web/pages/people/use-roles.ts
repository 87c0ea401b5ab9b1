import type { RoleName } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { useTranslation } from '../../shared/i18n.ts';

/** The roles a person can have, by their names in the reader's language. */
export function useRoles(): readonly { readonly value: RoleName; readonly label: string }[] {
  const { language } = useTranslation();
  const roles = useServer('listRoles').data?.items ?? [];
  return roles.map(({ name, title }) => ({ value: name, label: title[language] }));
}
