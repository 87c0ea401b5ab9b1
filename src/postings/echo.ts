import { rows, sql } from '#database';
import type { Handle } from '#database';

/** A document as it came in. */
export type Arrival = {
  readonly integration: string;
  readonly kind: string;
  readonly key: string;
  readonly version?: string;
  readonly contentHash?: string; // Of the content, as `contentHashOf` makes it.
};

/**
 * Whether what comes in is what we ourselves wrote, so that it is not sent on or back. Exact where
 * the system tells versions; else by the content as it was right after our write.
 */
export async function isEcho(handle: Handle, arrival: Arrival): Promise<boolean> {
  const { integration, kind, key, version, contentHash } = arrival;
  const found = await rows(
    handle,
    sql`select 1 from postings.posting
      where integration = ${integration} and kind = ${kind} and result_key = ${key}
        and state = 'accepted'
        and (result_version = ${version ?? null} or result_hash = ${contentHash ?? null})
      limit 1`,
  );
  return found.length > 0;
}
