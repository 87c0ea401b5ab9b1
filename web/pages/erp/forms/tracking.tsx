import { TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { Column } from '../../../shared/data-table.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';

/** What tells the pieces of a line from others: the batch they are of, their serial numbers. */
export type Tracked = { readonly batch?: string; readonly serials?: string[] };
type Line = { readonly line: number; readonly item: string | null };
type Typed = Readonly<Record<number, { readonly batch?: string; readonly serials?: string }>>;

const FRESH_MS = 300_000;

/** Which lines ask for a batch or for serial numbers, by their items. */
function useAsked(lines: readonly Line[]) {
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

/** Columns in which a batch and serial numbers are written, where an item asks for them. */
export function useTracking<Of extends Line>(
  lines: readonly Of[],
  [typed, onTyped]: readonly [Typed, (typed: Typed) => void],
): {
  readonly columns: readonly Column<Of>[];
  readonly of: (line: number) => Tracked;
} {
  const { t } = useTranslation();
  const asked = useAsked(lines);
  const column = (name: 'batch' | 'serials'): Column<Of> => ({
    name,
    title: t(`erp.form.${name}`),
    cell: (row) =>
      asked[name](row) ? (
        <TextInput
          size="xs"
          aria-label={t(`erp.form.${name}OfLine`, { line: row.line })}
          value={typed[row.line]?.[name] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onTyped({ ...typed, [row.line]: { ...typed[row.line], [name]: value } })
          }
          autoComplete="off"
        />
      ) : null,
  });
  const names = (['batch', 'serials'] as const).filter((name) => lines.some(asked[name]));
  return {
    columns: names.map(column),
    of: (line) => {
      const { batch = '', serials = '' } = typed[line] ?? {};
      const each = serials.split(/[\s,;]+/).filter((serial) => serial !== '');
      return {
        ...(batch.trim() === '' ? {} : { batch: batch.trim() }),
        ...(each.length === 0 ? {} : { serials: each }),
      };
    },
  };
}
