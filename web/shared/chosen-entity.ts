const REMEMBERED = 'rialto-legal-entity';

/** Of these legal entities the one of the address, else the one chosen last, else the first founded. */
export function chosenEntity<Entity extends { readonly code: string }>(
  items: readonly Entity[],
  asked: string | undefined,
): Entity | undefined {
  if (asked !== undefined) return items.find(({ code }) => code === asked);
  const last = localStorage.getItem(REMEMBERED);
  return items.find(({ code }) => code === last) ?? items[0];
}

/** Keeps in this browser whose books somebody chose. */
export const rememberEntity = (code: string): void => localStorage.setItem(REMEMBERED, code);
