import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { PickBox } from './pick-box.tsx';

/** An item, with what lines take over from it. */
export type Item = ReplyOf<'getErpItem'>['item'];

const PATIENCE_MS = 150;
const SHOWN_MOST = 8;

/** An item that a line is about, found by part of its name or number. */
export function ItemBox(props: {
  readonly value: Item | undefined;
  readonly onValue: (item: Item | undefined, typed: string) => void;
  readonly isFree?: boolean; // A line may say in words what it is about.
  readonly named?: string;
}): ReactNode {
  const { value, onValue, isFree = false, named } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const [typed, setTyped] = useState(value?.name ?? '');
  const [open, setOpen] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), PATIENCE_MS);
  const asked = { status: 'active', limit: SHOWN_MOST } as const;
  const found = useBooks(
    'listErpItems',
    { params: { entity: code }, query: search === '' ? asked : { ...asked, search } },
    { keep: true, enabled: open && value === undefined },
  );
  const items = found.data?.items ?? [];
  return (
    <PickBox
      label={t('field.item')}
      {...(value === undefined ? {} : { description: value.number })}
      {...(named === undefined ? {} : { named })}
      isFree={isFree}
      typed={typed}
      onTyped={(text) => {
        setTyped(text);
        onValue(undefined, text);
      }}
      choices={items.map(({ id, name, number }) => ({ id, text: name, note: number }))}
      pending={found.isFetching || search !== typed.trim()}
      picked={value !== undefined}
      onPick={(id) => {
        const item = items.find((one) => one.id === id);
        if (item === undefined) return;
        setTyped(item.name);
        onValue(item, item.name);
      }}
      onOpen={setOpen}
    />
  );
}
