import type { ReactNode } from 'react';
import { Empty } from './async.tsx';
import { PageHead } from './page-head.tsx';
import { TextLink } from './text-link.tsx';
import { useTranslation } from './i18n.ts';

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
