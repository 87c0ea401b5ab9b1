import { Accordion, Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { queryOf, stepsOf } from '../../shared/answer/steps.ts';
import { useFormat, useLanguage } from '../../shared/i18n.ts';

/** How an answer was worked out: its query as steps, and as it ran. */
export function Background({ answer }: { readonly answer: Answer }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const catalogue = useServer('listMetrics').data;
  const query = queryOf(answer.query);
  if (query === undefined) return null;
  return (
    <Accordion multiple variant="contained" order={2} className="rialto-background">
      <Accordion.Item value="steps">
        <Accordion.Control>{t('ask.steps')}</Accordion.Control>
        <Accordion.Panel>
          <ol className="rialto-steps">
            {stepsOf(query, { t, format, language, catalogue }).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Accordion.Panel>
      </Accordion.Item>
      {answer.sql === undefined ? null : (
        <Accordion.Item value="sql">
          <Accordion.Control>{t('ask.sql')}</Accordion.Control>
          <Accordion.Panel>
            <Code block className="rialto-sql" tabIndex={0}>
              {answer.sql}
            </Code>
          </Accordion.Panel>
        </Accordion.Item>
      )}
    </Accordion>
  );
}
