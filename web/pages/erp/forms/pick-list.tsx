import { useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Options } from '../../../shared/use-options.ts';

/** What can be picked: its text in the box, and what tells it from others. */
export type Choice = { readonly id: string; readonly text: string; readonly note?: string };

const WIDTH_LEAST = 280;
const MARGIN = 8;

/** What a box has found, below it and above everything that would cut it off. */
export function PickList(props: {
  readonly label: string;
  readonly box: HTMLElement | null;
  readonly isShown: boolean;
  readonly choices: readonly Choice[];
  readonly options: Options;
  readonly pending: boolean;
  readonly nothing: string; // What it says where nothing was found.
  readonly onPick: (at: number) => void;
}): ReactNode {
  const { label, box, isShown, choices, options, pending, nothing, onPick } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = list.current;
    if (box === null || shown === null) return undefined;
    if (!isShown) {
      if (shown.matches(':popover-open')) shown.hidePopover();
      return undefined;
    }
    const place = (): void => {
      const { left, bottom, width } = box.getBoundingClientRect();
      const most = document.documentElement.clientWidth - 2 * MARGIN;
      const wanted = Math.min(Math.max(width, WIDTH_LEAST), most);
      shown.style.width = `${wanted}px`;
      shown.style.left = `${Math.max(MARGIN, Math.min(left, most + MARGIN - wanted))}px`;
      shown.style.top = `${bottom + 2}px`;
    };
    if (!shown.matches(':popover-open')) shown.showPopover();
    place();
    const gone = new AbortController();
    window.addEventListener('scroll', place, { capture: true, signal: gone.signal });
    window.addEventListener('resize', place, { signal: gone.signal });
    return () => gone.abort();
  }, [box, isShown]);
  return (
    <div
      ref={list}
      popover="manual"
      className="erp-pick"
      onMouseDown={(event) => event.preventDefault()}
    >
      <div id={options.listId} role="listbox" aria-label={label} aria-busy={pending}>
        {choices.map(({ id, text, note }, at) => (
          <div
            key={id}
            id={options.idOf(at)}
            role="option"
            tabIndex={-1}
            aria-selected={at === options.active}
            className="rialto-hit"
            onClick={() => onPick(at)}
          >
            <span>{text}</span>
            {note === undefined ? null : <span className="rialto-hit-note">{note}</span>}
          </div>
        ))}
      </div>
      <p className="rialto-dim" hidden={pending || choices.length > 0}>
        {nothing}
      </p>
    </div>
  );
}
