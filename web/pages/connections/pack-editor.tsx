import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { ApiError, call } from '../../api/client.ts';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { JsonBox, jsonText, JsonView, readJson } from '../../shared/json-text.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { DryRunCard } from './dry-run.tsx';

type Props = {
  readonly name: string;
  readonly version: number; // The one that is shown.
  readonly inForce: number | undefined;
  readonly pack: unknown;
};

function useSave({ name, inForce }: Props, text: string) {
  const client = useQueryClient();
  const [, change] = useUrl();
  const [note, setNote] = useState('');
  const [basedOn] = useState(inForce); // As it was when the editing began.
  const read = readJson(text);
  const save = useMutation({
    mutationFn: () =>
      call('saveMapping', {
        params: { name },
        body: {
          pack: read.ok ? read.value : null,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(basedOn === undefined ? {} : { basedOn }),
        },
      }),
    onSuccess: async ({ version }) => {
      await client.invalidateQueries();
      change({ version: String(version), from: undefined });
    },
  });
  return { note, setNote, read, save };
}

function Editor(props: Props): ReactNode {
  const { name, version, pack } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(() => jsonText(pack));
  const { note, setNote, read, save } = useSave(props, text);
  const faster = save.error instanceof ApiError && save.error.status === 409;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <>
      <Card title={t('mapping.edit', { version })}>
        <form onSubmit={submit} className="rialto-form" aria-label={t('mapping.edit', { version })}>
          <p className="rialto-dim">{t('mapping.editAbout')}</p>
          <JsonBox label={t('mapping.pack')} text={text} onText={setText} rows={22} />
          <TextInput
            label={t('mapping.note')}
            description={t('mapping.noteHint')}
            value={note}
            onChange={({ currentTarget: { value } }) => setNote(value)}
            maxLength={500}
            autoComplete="off"
          />
          {faster ? (
            <p role="alert" className="rialto-bad">
              {t('mapping.faster')}
            </p>
          ) : null}
          {save.error === null ? null : <Failure error={save.error} />}
          <div className="rialto-tools">
            <Button type="submit" size="xs" disabled={!read.ok} loading={save.isPending}>
              {t('mapping.save')}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => setText(jsonText(pack))}
              disabled={text === jsonText(pack)}
            >
              {t('mapping.reset')}
            </Button>
          </div>
        </form>
      </Card>
      <DryRunCard
        name={name}
        title={t('mapping.try')}
        pack={read.ok ? read.value : undefined}
        disabled={!read.ok}
      />
    </>
  );
}

/** A mapping as JSON: to read, and for those who may, to edit, try and save. */
export function PackEditor(props: Props): ReactNode {
  const { t } = useTranslation();
  if (useMay('integrations:write')) return <Editor {...props} />;
  const title = t('mapping.versionOne', { version: props.version });
  return (
    <Card title={title}>
      <JsonView label={title} of={props.pack} />
    </Card>
  );
}
