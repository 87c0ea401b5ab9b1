import type { ReactNode } from 'react';
import { Empty } from '../shared/async.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { TextLink } from '../shared/text-link.tsx';
import { useTranslation } from '../shared/i18n.ts';

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
