import type { ReactNode } from 'react';
import { Async, loadable } from '../../../shared/async.tsx';
import { useUrl } from '../../../shared/use-url.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import type { Party } from './party-box.tsx';

/** Begins with the party that the address names, once it is there; without one when it names none. */
export function GivenParty(props: {
  readonly named: 'customer' | 'supplier';
  readonly children: (given: Party | undefined) => ReactNode;
}): ReactNode {
  const { named, children } = props;
  const [{ [named]: id }] = useUrl();
  const { code } = useEntity();
  const params = { entity: code, id: id ?? '' };
  const found = useBooks('getParty', { params }, { enabled: id !== undefined });
  if (id === undefined) return children(undefined);
  return <Async of={loadable(found)}>{({ party }) => children(party)}</Async>;
}
