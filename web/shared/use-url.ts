import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Search } from './url.ts';

/** The page's filters as its address states them, and how to change some of them. */
export function useUrl(): readonly [Search, (change: Search, replace?: boolean) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (some: Search, replace = false) => {
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, ...some }),
        replace,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, change];
}
