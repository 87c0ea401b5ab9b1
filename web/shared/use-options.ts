import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';

type ListAttributes = {
  readonly role: 'combobox';
  readonly 'aria-autocomplete': 'list';
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string;
  readonly 'aria-activedescendant': string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

export type Options = {
  readonly active: number; // -1: none.
  readonly listId: string;
  readonly idOf: (at: number) => string;
  readonly input: ListAttributes; // For the text box the list belongs to.
  readonly activate: (at: number) => void;
};

/** Moves through a list of options from a text box, as the ARIA combobox pattern asks. */
export function useOptions(of: {
  readonly count: number;
  readonly first: number; // Active until the arrows move: -1 leaves Enter to the text itself.
  readonly about: string; // When this changes the arrows start over.
  readonly onPick: (at: number) => void;
}): Options {
  const { count, first, about, onPick } = of;
  const listId = useId();
  const [moved, setMoved] = useState({ about, at: first });
  const at = moved.about === about ? moved.at : first;
  const active = count === 0 ? -1 : Math.min(at, count - 1);
  const idOf = (one: number): string => `${listId}-${one}`;
  const activate = (next: number): void => {
    setMoved({ about, at: next });
    document.querySelector(`[id="${idOf(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      activate(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onPick(active);
    }
  };
  const expanded = count > 0;
  return {
    active,
    listId,
    idOf,
    activate,
    input: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': expanded,
      'aria-controls': listId,
      'aria-activedescendant': active >= 0 ? idOf(active) : undefined,
      onKeyDown,
    },
  };
}
