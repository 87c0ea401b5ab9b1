import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import type { Column } from '../../../shared/data-table.tsx';
import { useColumnKit } from '../columns.tsx';
import { PartyLink } from '../links.tsx';

type Line = ReplyOf<'getStockCount'>['lines'][number];

/** What tells lines of one item apart: blocked, in inspection, a supplier's. None where all is free. */
export function useWhoseColumn(lines: readonly Line[]): readonly Column<Line>[] {
  const kit = useColumnKit();
  if (lines.every(({ status }) => status === 'free')) return [];
  const whose = ({ status, owner }: Line): ReactNode => (
    <>
      {kit.t(`erp.stockStatus.${status}`)}
      {owner === '' ? null : (
        <>
          {' · '}
          <PartyLink id={owner} side="suppliers" />
        </>
      )}
    </>
  );
  return [kit.own<Line>('field.status', whose)];
}
