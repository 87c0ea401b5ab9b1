import { useEffect, useSyncExternalStore } from 'react';

const OFF = 'rialto-keys-off';
const GO_LIMIT_MS = 1200;

const listeners = new Set<() => void>();
const keysAreOn = (): boolean => localStorage.getItem(OFF) === null;

/** Turns keys that need no Ctrl or ⌘ on or off: they are in the way of some ways of typing. */
export function turnKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'yes');
  for (const listener of listeners) listener();
}

export const useKeysAreOn = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, keysAreOn);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const isMeant = (event: KeyboardEvent): boolean =>
  keysAreOn() &&
  !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) &&
  !isTyping(event.target) &&
  document.querySelector('dialog[open]') === null;

/** Hears single keys where nobody types. The key before is told when it came just before. */
export function useKeys(press: (key: string, before: string | undefined) => boolean): void {
  useEffect(() => {
    let last: { readonly key: string; readonly at: number } | undefined;
    const hear = (event: KeyboardEvent): void => {
      if (!isMeant(event)) return;
      const before =
        last !== undefined && event.timeStamp - last.at < GO_LIMIT_MS ? last.key : undefined;
      last = { key: event.key, at: event.timeStamp };
      if (press(event.key, before)) event.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [press]);
}
