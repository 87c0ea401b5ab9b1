import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isSignedOut } from './client.ts';

/** Remembers what the server said. A lost session anywhere asks for the session again. */
export function newQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== 'getSession') {
          void client.resetQueries({ queryKey: ['getSession'] });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => error instanceof ApiError && error.status >= 502 && count < 2,
      },
    },
  });
  return client;
}
