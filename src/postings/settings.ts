import { rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import { postingsError } from './errors.ts';
import { policyProblems } from './policy.ts';
import type { PostingPolicy } from './policy.ts';

/** What a person has set about the postings to one integration. */
export type PostingSettings = {
  readonly policy: Readonly<Partial<PostingPolicy>>; // The rest is as the adapter or we say.
  readonly fallback?: string; // The integration that postings are handed over through meanwhile.
};

/** What is set for an integration; nothing: empty. */
export async function readPostingSettings(
  handle: Handle,
  integration: string,
): Promise<PostingSettings> {
  const [row] = await rows<{ policy: Partial<PostingPolicy>; fallback: string | null }>(
    handle,
    sql`select policy, fallback from postings.setting where integration = ${integration}`,
  );
  if (row === undefined) return { policy: {} };
  const { policy, fallback } = row;
  return fallback === null ? { policy } : { policy, fallback };
}

/** Sets it. Fails with `postings.invalid-policy`, naming what is wrong. */
export async function savePostingSettings(
  handle: Handle,
  integration: string,
  policy: Readonly<Record<string, number>>,
  fallback?: string,
): Promise<void> {
  const problems = [
    ...policyProblems(policy),
    ...(fallback === integration ? ['an integration cannot stand in for itself'] : []),
  ];
  if (problems.length > 0) {
    const doing = `setting how postings to '${integration}' are sent`;
    throw postingsError('invalid', 'postings.invalid-policy', doing, problems.join('\n'));
  }
  await rows(
    handle,
    sql`insert into postings.setting (integration, policy, fallback)
      values (${integration}, ${canonicalJson(policy)}, ${fallback ?? null})
      on conflict (integration) do update
        set policy = excluded.policy, fallback = excluded.fallback`,
  );
}

/** Forgets what was set for an integration that goes. */
export async function forgetPostingSettings(handle: Handle, integration: string): Promise<void> {
  await rows(handle, sql`delete from postings.setting where integration = ${integration}`);
  await rows(handle, sql`delete from postings.outage where integration = ${integration}`);
}

/** The integrations that another one stands in for. */
export async function standsInFor(handle: Handle, fallback: string): Promise<readonly string[]> {
  const found = await rows<{ integration: string }>(
    handle,
    sql`select integration from postings.setting where fallback = ${fallback} order by integration`,
  );
  return found.map(({ integration }) => integration);
}
