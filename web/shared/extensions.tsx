import type { ReactNode } from 'react';
import { Card, Facts } from './facts.tsx';
import { useTranslation } from './i18n.ts';

type Value = string | boolean | null;

/** What the source says beyond the fields every source has. */
export function Extensions(props: {
  readonly of: Readonly<Record<string, Value>> | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const written = (value: Value): string | undefined => {
    if (typeof value !== 'boolean') return value ?? undefined;
    return value ? t('state.yes') : t('state.no');
  };
  const facts = Object.entries(props.of ?? {}).map(
    ([name, value]) => [name, written(value)] as const,
  );
  if (facts.length === 0) return null;
  return (
    <Card title={t('detail.extensions')}>
      <Facts of={facts} />
    </Card>
  );
}
