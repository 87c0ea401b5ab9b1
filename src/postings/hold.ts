import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import { POSTINGS_CHANNEL } from './intend.ts';

/** Why nothing goes out to an integration. */
export type Hold = {
  readonly integration: string;
  readonly reason: string;
  readonly by: string;
  readonly since: Instant;
};

/** Keeps postings to an integration from being sent or looked up, until released. */
export async function holdPostings(handle: Handle, hold: Hold): Promise<void> {
  await rows(
    handle,
    sql`insert into postings.hold (integration, reason, by, since)
      values (${hold.integration}, ${hold.reason}, ${hold.by}, ${hold.since})
      on conflict (integration) do nothing`,
  );
}

/** Lets them go again. */
export async function releasePostings(handle: Handle, integration: string): Promise<void> {
  await rows(handle, sql`delete from postings.hold where integration = ${integration}`);
  await notify(handle, POSTINGS_CHANNEL);
}

/** The integrations that are held. */
export async function listHolds(handle: Handle): Promise<readonly Hold[]> {
  return await rows<Hold>(
    handle,
    sql`select integration, reason, by, since from postings.hold order by integration`,
  );
}
