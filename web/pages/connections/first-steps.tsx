import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { TextLink } from '../../shared/text-link.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { DryRunCard } from './dry-run.tsx';

/** What comes after connecting: it is tried, looked at without keeping anything, and read. */
export function FirstSteps({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className="rialto-stack">
      <Card title={t('connect.stepTest')}>
        <div className="rialto-source">
          <ConnectionTest name={name} />
        </div>
      </Card>
      <DryRunCard name={name} title={t('connect.stepTry')} />
      <Card title={t('connect.stepSync')}>
        <div className="rialto-source">
          <p className="rialto-dim">{t('connect.syncAbout')}</p>
          <div className="rialto-tools">
            <ActButton
              main
              text={t('integrations.start')}
              label={t('integrations.startRun', { name })}
              act={() => call('startRun', { params: { name } })}
              onDone={() => void navigate({ to: '/integrations/$name', params: { name } })}
            />
            <TextLink to="/integrations/$name" params={{ name }}>
              {t('connect.toConnection')}
            </TextLink>
          </div>
        </div>
      </Card>
    </div>
  );
}
