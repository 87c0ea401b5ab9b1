import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { TextLink } from '../../shared/text-link.tsx';
import { WorkFailure } from '../../shared/work.tsx';

const LOOK_MS = 1_000;
const MONTH = /^\d{4}-\d{2}$/;

type Work = NonNullable<ReplyOf<'getLivingCompany'>['last']>;

/** How far the writing of the company's history is: what can be asked for meanwhile, and when all. */
function Writing({ of }: { readonly of: Work }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (of.status === 'failed') return <WorkFailure of={of} />;
  if (of.status !== 'running') return null;
  const { what = '', done = 0, expected } = of.progress ?? {};
  const isWriting = MONTH.test(what);
  const reading = what === '' ? t('ask.sample.founding') : t('ask.sample.reading');
  const text = isWriting ? t('ask.sample.writing', { month: format.month(`${what}-01`) }) : reading;
  return (
    <div className="rialto-progress">
      <span>{text}</span>
      <progress
        aria-label={text}
        {...(isWriting && expected !== undefined ? { max: expected, value: done } : {})}
      />
    </div>
  );
}

/** While the sample company is what is connected: that it is one, and how far it is. */
export function SampleNote(): ReactNode {
  const { t } = useTranslation();
  const integrations = useServer('getOverview').data?.integrations ?? [];
  const lives = integrations.some(({ sample, adapter }) => sample && adapter === 'embedded');
  const standing = useQuery({
    queryKey: ['getLivingCompany', {}],
    queryFn: ({ signal }) => call('getLivingCompany', { signal }),
    enabled: lives,
    refetchInterval: ({ state }) => (state.data?.last?.status === 'running' ? LOOK_MS : false),
  });
  if (!lives) return null;
  const last = standing.data?.last ?? null;
  return (
    <section aria-label={t('integrations.sample')} className="rialto-card rialto-assumptions">
      <Text size="sm" mb={6}>
        {t('ask.sample.about')}{' '}
        <TextLink to="/connect" underline="always">
          {t('ask.sample.connect')}
        </TextLink>
      </Text>
      {last === null ? null : <Writing of={last} />}
    </section>
  );
}
