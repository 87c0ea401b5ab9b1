import type { Database } from '#database';
import { RialtoError } from '#kernel';
import { loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';

const RELEASE_MS_MAX = 30_000;

/**
 * Takes away what was made in a source: slots that would keep its log from being forgotten. A source
 * that is not there any more keeps nobody from forgetting it.
 */
export async function releaseSource(
  { database, adapters }: { readonly database: Database; readonly adapters: ConnectAdapter },
  name: string,
): Promise<void> {
  const integration = await loadIntegration(database, name);
  try {
    const adapter = await adapters(integration);
    if ('release' in adapter) await adapter.release?.(AbortSignal.timeout(RELEASE_MS_MAX));
  } catch (error) {
    if (!(error instanceof RialtoError)) throw error;
  }
}
