import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../shared/async.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { TextLink } from '../shared/text-link.tsx';

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <Empty title={t('notFound.text')} action={<TextLink to="/">{t('notFound.home')}</TextLink>} />
    </>
  );
}
