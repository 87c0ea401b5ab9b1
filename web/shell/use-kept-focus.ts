import { useEffect } from 'react';

/**
 * Puts the focus on the page where what held it is taken away, such as a form that was sent: who uses the
 * keyboard goes on there, and not at the very beginning.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    const main = document.querySelector<HTMLElement>('#main');
    if (main === null) return undefined;
    let held: Element | undefined;
    const note = ({ target }: FocusEvent): void => {
      held = target instanceof Element ? target : undefined;
    };
    const removals = new MutationObserver(() => {
      if (held === undefined || held.isConnected || document.activeElement !== document.body)
        return;
      held = undefined;
      main.focus({ preventScroll: true });
    });
    main.addEventListener('focusin', note);
    removals.observe(main, { childList: true, subtree: true });
    return () => {
      main.removeEventListener('focusin', note);
      removals.disconnect();
    };
  }, []);
}
