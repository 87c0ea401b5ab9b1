import { Button, FileButton, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { isJsonObject, JsonBox, jsonText, readJson } from '../../shared/json-text.tsx';
import type { JsonValue } from '../../shared/json-text.tsx';
import { useShippedName } from './shipped-name.ts';

/** The choice of a mapping that does not ship with Rialto. */
const OWN = '';

/** Which mapping a new connection is read with: a shipped one by its name, or a text of one's own. */
export type MappingChoice = { readonly shipped: string; readonly own: string };

/** What is chosen, for the server; undefined: the text is no mapping yet. */
export function mappingOf({
  shipped,
  own,
}: MappingChoice): string | { [name: string]: JsonValue } | undefined {
  if (shipped !== OWN) return shipped;
  const read = readJson(own);
  return read.ok && isJsonObject(read.value) ? read.value : undefined;
}

/** Asks for the mapping: one that ships, or a file or text of one's own. */
export function MappingInput(props: {
  readonly shipped: readonly string[];
  readonly value: MappingChoice;
  readonly onValue: (value: MappingChoice) => void;
}): ReactNode {
  const { shipped, value, onValue } = props;
  const { t } = useTranslation();
  const titleOf = useShippedName();
  const load = (file: File | null): void => {
    void file?.text().then((own) => onValue({ ...value, own }));
  };
  const begin = useMutation({
    mutationFn: (name: string) => call('getShippedMapping', { params: { name } }),
    onSuccess: ({ pack }) => onValue({ ...value, own: jsonText(pack) }),
  });
  return (
    <>
      <NativeSelect
        label={t('connect.mapping')}
        description={t('connect.mappingHint')}
        value={value.shipped}
        onChange={({ currentTarget }) => onValue({ ...value, shipped: currentTarget.value })}
        data={[
          ...shipped.map((name) => ({ value: name, label: titleOf(name) })),
          { value: OWN, label: t('connect.ownMapping') },
        ]}
      />
      {value.shipped === OWN ? (
        <>
          <p className="rialto-dim">{t('connect.ownMappingAbout')}</p>
          <div className="rialto-tools">
            <FileButton accept="application/json,.json" onChange={load}>
              {(button) => (
                <Button {...button} size="xs" variant="default">
                  {t('connect.fromFile')}
                </Button>
              )}
            </FileButton>
            {shipped.map((name) => (
              <Button
                key={name}
                size="xs"
                variant="default"
                loading={begin.isPending && begin.variables === name}
                onClick={() => begin.mutate(name)}
              >
                {t('connect.beginWith', { mapping: titleOf(name) })}
              </Button>
            ))}
          </div>
          {begin.error === null ? null : <Failure error={begin.error} />}
          <JsonBox
            label={t('mapping.pack')}
            text={value.own}
            onText={(own) => onValue({ ...value, own })}
          />
        </>
      ) : null}
    </>
  );
}
