import { createContext, useContext } from 'react';
import type { ReplyOf } from '#api-contract';
import { useNow } from '../../shared/use-now.ts';

/** A company in law whose books are open on the screen. */
export type Entity = ReplyOf<'listLegalEntities'>['items'][number];

/** The legal entity that everything below is about. */
export const EntityContext = createContext<Entity | undefined>(undefined);

/** The legal entity whose books are open. */
export function useEntity(): Entity {
  const entity = useContext(EntityContext);
  if (entity === undefined)
    throw new Error('no legal entity is open: a page stands outside <Books>');
  return entity;
}

/** The day that it is where the legal entity keeps its books. */
export function useToday(): string {
  const { timeZone } = useEntity();
  // Canada writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(useNow());
}
