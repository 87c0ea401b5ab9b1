import type { z } from 'zod';
import type { Adapter, ExchangeLog } from '#adapter-kit';
import type { Database } from '#database';
import { openGate } from '#erp/gate';
import type { Clock } from '#kernel/time';
import type { LoadedIntegration } from '#sync';
import type { Vault } from '#vault';
import { mainError } from '../errors.ts';
import { ALL_ADAPTERS } from './all.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { OpenErp, Registration } from './registration.ts';

/** Makes the adapter of an integration, its secrets taken from the vault. */
export type ConnectAdapter = (
  integration: LoadedIntegration,
  log?: ExchangeLog,
) => Promise<Adapter>;

/** Where an integration's secrets are kept. */
export const secretsOf = (integration: string): string => `integration/${integration}/`;

/** The ERP that stands in this house. */
export const erpIn =
  (database: Database, clock: Clock): OpenErp =>
  (legalEntity, by) =>
    openGate({ database, clock, legalEntity, by });

/** The one place that makes adapters. */
export function connectAdapter(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  refreshTokens: RefreshTokens,
): ConnectAdapter {
  return async (integration, log) => {
    const { name, settings, pack } = integration;
    const registration = registrationOf(integration.adapter);
    const secrets: Record<string, string> = {};
    const given = new Set(await vault.names(secretsOf(name)));
    for (const { name: secret, optional } of registration.secrets) {
      const at = `${secretsOf(name)}${secret}`;
      if (given.has(at) || optional !== true) secrets[secret] = (await vault.get(at)).reveal();
    }
    const erp = erpIn(database, clock);
    const shared = { integration: name, settings, secrets, pack, clock, erp };
    return registration.connect({
      ...shared,
      ...(log === undefined ? {} : { log }),
      ...('refreshToken' in secrets
        ? { refreshTokens: refreshTokens.of(`${secretsOf(name)}refreshToken`) }
        : {}),
    });
  };
}

/** The registration of an adapter. Fails with `main.no-adapter`. */
export function registrationOf(adapter: string): Registration {
  const found = ALL_ADAPTERS.find(({ name }) => name === adapter);
  if (found !== undefined) return found;
  throw mainError('invalid', 'main.no-adapter', `looking for the adapter '${adapter}'`, {
    remedy: `There are: ${ALL_ADAPTERS.map(({ name }) => name).join(', ')}.`,
  });
}

/** Checks what a person gave. Fails with `main.bad-source`, naming fields and showing no value. */
export function checkSource(
  adapter: string,
  given: { readonly settings: unknown; readonly secrets: Readonly<Record<string, string>> },
  kept: readonly string[] = [], // Secrets that are there already.
): void {
  const registration = registrationOf(adapter);
  const parsed = registration.settings.safeParse(given.settings);
  const asked = new Map(registration.secrets.map((secret) => [secret.name, secret]));
  const wrong = [
    ...(parsed.success ? [] : parsed.error.issues.map(sentenceOf)),
    ...Object.keys(given.secrets)
      .filter((name) => !asked.has(name))
      .map((name) => `secret '${name}' is not asked for`),
    ...registration.secrets
      .filter(({ name, optional }) => optional !== true && !kept.includes(name))
      .filter(({ name }) => (given.secrets[name] ?? '') === '')
      .map(({ name }) => `secret '${name}' is missing`),
  ];
  if (wrong.length === 0) return;
  throw mainError('invalid', 'main.bad-source', `connecting through ${adapter}`, {
    remedy: wrong.join('\n').slice(0, 2000),
  });
}

/** What is wrong with a setting: its name first, as it is asked for. */
function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  if (path.length === 0) return message;
  const name = `'${path.join('.')}'`;
  return message.endsWith('received undefined') ? `${name} is missing` : `${name}: ${message}`;
}
