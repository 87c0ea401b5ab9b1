import type { Authentication } from '../http/authentication.ts';
import type { WireRequest } from '../http/wire.ts';

/** A key that a system gave us, sent with every request. */
export type ApiKeySettings = {
  readonly in: 'header' | 'query';
  readonly name: string; // 'x-api-key', 'authorization', 'api_key'.
  readonly key: string;
  readonly prefix?: string; // 'Bearer ', 'Token ': what stands before it.
};

/** Sends a key in a header or in the query. */
export function apiKey({ in: place, name, key, prefix = '' }: ApiKeySettings): Authentication {
  return {
    sign: async (request) =>
      await Promise.resolve(
        place === 'header'
          ? withHeader(request, name, prefix + key)
          : withParameter(request, name, prefix + key),
      ),
    renew: async () => await Promise.resolve(false),
    secrets: () => [key],
  };
}

/** The same request with one header more. */
export const withHeader = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name.toLowerCase()]: value },
});

function withParameter(request: WireRequest, name: string, value: string): WireRequest {
  const url = new URL(request.url);
  url.searchParams.set(name, value);
  return { ...request, url: url.href };
}
