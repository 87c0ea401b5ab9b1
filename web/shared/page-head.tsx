import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from './use-title.ts';

/** A page's name, what it is about, and what can be done here. Focus lands on it after a move. */
export function PageHead(props: {
  readonly title: string;
  readonly above?: ReactNode;
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, above, about, children } = props;
  useTitle(title);
  return (
    <div className="rialto-head">
      {above}
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1} tabIndex={-1} id="page-title">
            {title}
          </Title>
          {about === undefined ? null : (
            <Text size="sm" c="dimmed" component="div">
              {about}
            </Text>
          )}
        </div>
        {children === undefined ? null : <Group gap="xs">{children}</Group>}
      </Group>
    </div>
  );
}
