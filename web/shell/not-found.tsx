import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../shared/async.tsx';
import { PageHead } from '../shared/page-head.tsx';

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <Empty
        title={t('notFound.text')}
        action={
          <Anchor component={Link} to="/">
            {t('notFound.home')}
          </Anchor>
        }
      />
    </>
  );
}
