import { useNavigate } from '@tanstack/react-router';
import type { Answer } from '#api-contract';
import { isLinkedKind } from '../record-link.tsx';
import { stepRange } from './cell.ts';

type Target =
  | { readonly kind: 'supplier' | 'item' | 'purchase-order'; readonly id: string }
  | { readonly kind: 'orders'; readonly from: string; readonly to: string };

/** Where a row of an answer leads: to the record it names, or to the orders of its period. */
export function targetOf(answer: Answer, row: number): Target | undefined {
  for (const [at, column] of answer.columns.entries()) {
    const id = answer.drill?.[row]?.[at];
    if (isLinkedKind(column.recordKind) && typeof id === 'string') {
      return { kind: column.recordKind, id };
    }
  }
  const at = answer.columns.findIndex((column) => column.type === 'date');
  const start = answer.rows[row]?.[at];
  const grain = answer.columns[at]?.name;
  if (grain === undefined || typeof start !== 'string') return undefined;
  return { kind: 'orders', ...stepRange(grain, start) };
}

/** Goes to what stands behind a row. */
export function useDrill(answer: Answer): (row: number) => void {
  const navigate = useNavigate();
  return (row) => {
    const target = targetOf(answer, row);
    switch (target?.kind) {
      case 'supplier':
        return void navigate({ to: '/suppliers/$id', params: { id: target.id } });
      case 'item':
        return void navigate({ to: '/items/$id', params: { id: target.id } });
      case 'purchase-order':
        return void navigate({ to: '/purchase-orders/$id', params: { id: target.id } });
      case 'orders':
        return void navigate({
          to: '/purchase-orders',
          search: { from: target.from, to: target.to },
        });
      case undefined:
        return undefined;
    }
  };
}
