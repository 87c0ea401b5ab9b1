import type { Adapter } from '#adapter-kit';
import type { PostingSettings, PostingSettingsShown } from '#api-contract/connection';
import type { Database, Handle } from '#database';
import { policyOf } from '#postings';
import { readPostingSettings, savePostingSettings, standsInFor } from '#postings/settings';
import { listIntegrations, loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import { mainError } from './errors.ts';
import { plain } from './plain.ts';

/** What is set about the postings to an integration, and what is in force. */
export async function postingShown(
  database: Database,
  name: string,
  { capabilities }: Adapter,
): Promise<PostingSettingsShown> {
  const set = await readPostingSettings(database.kysely, name);
  return plain({
    ...set,
    inForce: policyOf(capabilities.patience, set.policy),
    standsInFor: [...(await standsInFor(database.kysely, name))],
  });
}

/** Keeps what a person sets. Fails with `main.no-fallback`, or with `postings.invalid-policy`. */
export async function keepPosting(
  handle: Handle,
  name: string,
  { policy, fallback }: PostingSettings,
): Promise<void> {
  const given = Object.entries(policy).flatMap(([key, value]): [string, number][] =>
    value === undefined ? [] : [[key, value]],
  );
  await savePostingSettings(handle, name, Object.fromEntries(given), fallback);
}

/** Fails with `main.no-fallback` unless the integration named hands over what it is given. */
export async function checkFallback(
  database: Database,
  adapters: ConnectAdapter,
  fallback: string | undefined,
): Promise<void> {
  if (fallback === undefined) return;
  const known = await listIntegrations(database);
  const refuse = (remedy: string): Error =>
    mainError('invalid', 'main.no-fallback', `having '${fallback}' stand in`, { remedy });
  if (!known.some(({ name }) => name === fallback)) {
    throw refuse('There is no connection of this name: connect it first.');
  }
  const { capabilities } = await adapters(await loadIntegration(database, fallback));
  if (capabilities.handsOver === true && capabilities.writes.length > 0) return;
  throw refuse(
    'It does not hand over what it is given, or is not set to. Files and interface tables do.',
  );
}
