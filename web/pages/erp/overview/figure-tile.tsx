import type { ReactNode } from 'react';
import type { ErpList } from '../../../shared/erp-areas.ts';
import { TextLink } from '../../../shared/text-link.tsx';
import { useEntity } from '../entity.ts';

/** A figure of the company, and the way to the list that proves it. */
export function FigureTile(props: {
  readonly name: string;
  readonly note?: string;
  readonly isBad?: boolean; // It asks for something to be done.
  readonly list: ErpList;
  readonly by?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}): ReactNode {
  const { name, note, isBad = false, list, by = {}, children } = props;
  const { code } = useEntity();
  return (
    <TextLink
      to="/erp/$list"
      params={{ list }}
      search={{ ...by, entity: code }}
      className="rialto-tile"
      underline="never"
    >
      <span className="rialto-tile-name">{name}</span>
      <span className="rialto-tile-value" data-tone={isBad ? 'warn' : undefined}>
        {children}
      </span>
      {note === undefined ? null : <span className="erp-tile-note">{note}</span>}
    </TextLink>
  );
}
