import { Button, Code, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../shared/use-title.ts';
import { Appearance } from './appearance.tsx';

/** Explains the one-time link to someone who is not signed in. */
export function SignedOut({ onRetry }: { readonly onRetry: () => void }): ReactNode {
  const { t } = useTranslation();
  useTitle(t('signIn.title'));
  return (
    <main className="rialto-alone">
      <Group justify="space-between">
        <span className="rialto-wordmark">Rialto</span>
        <Appearance />
      </Group>
      <Paper withBorder p="xl" mt="md">
        <Title order={1}>{t('signIn.title')}</Title>
        <Text mt="sm">{t('signIn.link')}</Text>
        <Text mt="sm">{t('signIn.again')}</Text>
        <Code block mt="sm">
          npm start
        </Code>
        <Text mt="sm" size="sm" c="dimmed">
          {t('signIn.why')}
        </Text>
        <Button mt="lg" onClick={onRetry}>
          {t('signIn.retry')}
        </Button>
      </Paper>
    </main>
  );
}
