import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActForm } from './act-form.tsx';
import { useTranslation } from './i18n.ts';

const SHORTEST = 3; // The server takes no shorter reason.

/** Something that is done with a reason, which is kept with who did it. */
export function ReasonForm(props: {
  readonly title: string;
  readonly about: string;
  readonly act: (reason: string) => Promise<unknown>;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, about, act, children } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <details className="rialto-unfolds">
      <summary>{title}</summary>
      <ActForm
        label={title}
        submit={title}
        act={() => act(reason.trim())}
        onDone={() => setReason('')}
      >
        <p className="rialto-dim">{about}</p>
        {children}
        <TextInput
          label={t('act.reason')}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          minLength={SHORTEST}
          maxLength={500}
          autoComplete="off"
          required
        />
      </ActForm>
    </details>
  );
}
