import type { Adapter } from '#adapter-kit';
import { connectFile, parseFileLayout } from '#adapters/file';
import type { Clock } from '#kernel/time';
import type { LoadedIntegration } from '#sync';
import { mainError } from './errors.ts';

type Connect = (integration: LoadedIntegration, clock: Clock) => Adapter;

/** Every adapter there is, by name. A new one is its folder and a line here. */
const ADAPTERS: ReadonlyMap<string, Connect> = new Map<string, Connect>([
  [
    'file',
    ({ settings, pack }, clock) => {
      const path = typeof settings['path'] === 'string' ? settings['path'] : '.';
      const layout = parseFileLayout('layout' in pack ? pack.layout : {});
      return connectFile({ path, layout, clock });
    },
  ],
]);

/** The adapter of an integration: the one place that names adapters. */
export const adapterOf =
  (clock: Clock) =>
  (integration: LoadedIntegration): Adapter => {
    const connect = ADAPTERS.get(integration.adapter);
    if (connect !== undefined) return connect(integration, clock);
    const known = [...ADAPTERS.keys()].join(', ');
    const message = `connecting '${integration.name}' through '${integration.adapter}'`;
    throw mainError('invalid', 'main.no-adapter', message, {
      remedy: `There is no such adapter. There are: ${known}.`,
    });
  };
