import { useCallback } from 'react';
import type { RefObject } from 'react';
import { useKeys } from './keys.ts';

/** '/' moves into the page's search box. */
export function useSearchKey(input: RefObject<HTMLInputElement | null>): void {
  const press = useCallback(
    (key: string, before: string | undefined): boolean => {
      if (key !== '/' || before === 'g') return false;
      input.current?.focus();
      input.current?.select();
      return true;
    },
    [input],
  );
  useKeys(press);
}
