import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { PickBox } from './pick-box.tsx';

/** A customer or a supplier, with what orders take over from it. */
export type Party = ReplyOf<'getParty'>['party'];

const PATIENCE_MS = 150;
const SHOWN_MOST = 8;

const textOf = ({ name, number }: Party): string => `${name} · ${number}`;

/** A customer or supplier that a form needs, found by part of its name or number. */
export function PartyBox(props: {
  readonly role: Party['role'];
  readonly value: Party | undefined;
  readonly onValue: (party: Party | undefined) => void;
  readonly label?: string;
  readonly named?: string;
  readonly optional?: boolean;
}): ReactNode {
  const { role, value, onValue, label, named = role, optional = false } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const [typed, setTyped] = useState(value === undefined ? '' : textOf(value));
  const [open, setOpen] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), PATIENCE_MS);
  const asked = { role, status: 'active', limit: SHOWN_MOST } as const;
  const found = useBooks(
    'listParties',
    { params: { entity: code }, query: search === '' ? asked : { ...asked, search } },
    { keep: true, enabled: open && value === undefined },
  );
  const parties = found.data?.items ?? [];
  return (
    <PickBox
      label={label ?? t(role === 'customer' ? 'erp.field.customer' : 'field.supplier')}
      named={named}
      optional={optional}
      typed={typed}
      onTyped={(text) => {
        setTyped(text);
        onValue(undefined);
      }}
      choices={parties.map(({ id, name, number }) => ({ id, text: name, note: number }))}
      pending={found.isFetching || search !== typed.trim()}
      picked={value !== undefined}
      onPick={(id) => {
        const party = parties.find((one) => one.id === id);
        if (party === undefined) return;
        setTyped(textOf(party));
        onValue(party);
      }}
      onOpen={setOpen}
    />
  );
}
