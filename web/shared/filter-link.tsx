import type { ReactNode } from 'react';
import { useTranslation } from './i18n.ts';
import { FROM_START } from './list-filters.tsx';
import { useUrl } from './use-url.ts';

/** A value in a list that narrows the list to itself. */
export function FilterLink(props: {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  const { name, value, label, children } = props;
  const [, change] = useUrl();
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="rialto-filter-link"
      title={t('list.only', { what: label, value })}
      onClick={() => change({ [name]: value, ...FROM_START })}
    >
      {children}
    </button>
  );
}
