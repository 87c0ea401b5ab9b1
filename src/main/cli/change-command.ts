import { resolve } from 'node:path';
import { z } from 'zod';
import { EXIT_CODES, mainError } from '../errors.ts';
import { sayWhatIsWrong, secretsOf, settingsOf } from './connection-commands.ts';
import type { Settings } from './connection-commands.ts';
import { printJson } from './print.ts';
import type { Context } from './source-commands.ts';

/** What a person says to change how a system is reached. */
export type ChangeWanted = {
  readonly path?: string;
  readonly set: readonly string[]; // 'key=value'; without a value it is taken away.
  readonly secret: readonly string[]; // 'name=env:VARIABLE'
};

const Kept = z.record(z.string(), z.json());

/** Changes how a system is reached: what is not named stays as it is, secrets too. */
export async function changeConnection(
  { client, json }: Context,
  name: string,
  { path, set, secret }: ChangeWanted,
): Promise<number> {
  if (path === undefined && set.length === 0 && secret.length === 0) {
    throw mainError('invalid', 'main.bad-setting', `changing '${name}'`, {
      remedy: 'Say what is to change: --set key=value, or --secret name=env:VARIABLE.',
    });
  }
  const params = { name };
  const { adapter, settings: before } = await client.call('getIntegration', { params });
  const { items } = await client.call('listAdapters');
  const schema = items.find((each) => each.name === adapter)?.settings;
  const settings = {
    ...changedSettings(schema, before, set),
    ...(path === undefined ? {} : { path: resolve(path) }),
  };
  const body = { settings, secrets: secretsOf(secret) };
  const reply = await client.call('updateIntegration', { params, body });
  if (json) printJson(reply);
  else {
    console.log(`Changed ${name}.`);
    await sayWhatIsWrong(client, name);
  }
  return EXIT_CODES.done;
}

/** The settings with what is said put in; a part, as 'sftp.port', stands beside its other parts. */
export function changedSettings(
  schema: unknown,
  before: Readonly<Record<string, unknown>>,
  set: readonly string[],
): Settings {
  const settings = Kept.parse(before);
  for (const pair of set) {
    const gone = /^([^=.]+)=$/.exec(pair)?.[1];
    if (gone === undefined) Object.assign(settings, settingsOf(schema, [pair], settings));
    else delete settings[gone];
  }
  return settings;
}
