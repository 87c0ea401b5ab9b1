import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { ItemLink } from '../links.tsx';
import { useUnitWords } from '../unit-words.ts';

/** What a line of an agreement is about: an item, a group, or a service in its unit. */
export function AgreedSubject({
  of,
}: {
  readonly of: ReplyOf<'getAgreement'>['lines'][number];
}): ReactNode {
  const { item, itemGroup, service, unit } = of;
  const { t } = useTranslation();
  const inWords = useUnitWords();
  if (item !== undefined) return <ItemLink id={item} />;
  if (service === undefined) return itemGroup ?? t('erp.anyItem');
  return unit === undefined ? service : `${service} (${inWords(unit)})`;
}
