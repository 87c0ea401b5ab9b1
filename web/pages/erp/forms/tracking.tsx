import { TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Column } from '../../../shared/data-table.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { useRefusal } from '../../../shared/refusals.tsx';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { serialsOf } from './serials-field.tsx';

/** What tells the pieces of a line from others: the batch they are of, their serial numbers. */
export type Tracked = { readonly batch?: string; readonly serials?: string[] };
type Line = { readonly line: number; readonly item: string | null };
type Typed = Readonly<Record<number, { readonly batch?: string; readonly serials?: string }>>;

const FRESH_MS = 300_000;

/** Which lines ask for a batch or for serial numbers, by their items. */
export function useTracked(lines: readonly Line[]) {
  const { code } = useEntity();
  const ids = [...new Set(lines.flatMap(({ item }) => item ?? []))];
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['getErpItem', 'tracking', code, id],
      queryFn: () => callBooks('getErpItem', { params: { entity: code, id } }),
      staleTime: FRESH_MS,
    })),
  });
  const items = new Map(found.map(({ data }, at) => [ids[at] ?? '', data?.item]));
  const asks = (of: Line, how: 'batchManaged' | 'serialManaged'): boolean =>
    items.get(of.item ?? '')?.[how] ?? false;
  return {
    batch: (of: Line): boolean => asks(of, 'batchManaged'),
    serials: (of: Line): boolean => asks(of, 'serialManaged'),
  };
}

/** A box of a table in which what tells pieces apart is written; what is refused of it stands below. */
export function TrackedBox(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly named: string | readonly string[];
}): ReactNode {
  const { label, value, onValue, named } = props;
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={value}
      error={useRefusal(named)}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
      autoComplete="off"
    />
  );
}

/** Columns in which a batch and serial numbers are written, where an item asks for them. */
export function useTracking<Of extends Line>(
  lines: readonly Of[],
  [typed, onTyped]: readonly [Typed, (typed: Typed) => void],
  atOf: (line: number) => number = () => -1, // Where a line is sent.
): {
  readonly columns: readonly Column<Of>[];
  readonly of: (line: number) => Tracked;
} {
  const { t } = useTranslation();
  const asked = useTracked(lines);
  const column = (name: 'batch' | 'serials'): Column<Of> => ({
    name,
    title: t(`erp.form.${name}`),
    cell: (row) =>
      asked[name](row) ? (
        <TrackedBox
          label={t(`erp.form.${name}OfLine`, { line: row.line })}
          value={typed[row.line]?.[name] ?? ''}
          onValue={(value) =>
            onTyped({ ...typed, [row.line]: { ...typed[row.line], [name]: value } })
          }
          named={`lines.${atOf(row.line)}.${name}`}
        />
      ) : null,
  });
  const names = (['batch', 'serials'] as const).filter((name) => lines.some(asked[name]));
  return {
    columns: names.map(column),
    of: (line) => {
      const { batch = '', serials = '' } = typed[line] ?? {};
      return {
        ...(batch.trim() === '' ? {} : { batch: batch.trim() }),
        ...serialsOf(serials),
      };
    },
  };
}
