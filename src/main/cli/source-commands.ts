import type { Run } from '#api-contract';
import { EXIT_CODES } from '../errors.ts';
import type { Client } from './client.ts';
import { followRun } from './follow-run.ts';
import { printJson, printTable } from './print.ts';

/** What every command is given: the owner, and whether programs read along. */
export type Context = { readonly client: Client; readonly json: boolean };

/** Looks whether a source can be read. */
export async function testSource({ client, json }: Context, name: string): Promise<number> {
  const reply = await client.call('testIntegration', { params: { name } });
  if (json) printJson(reply);
  else {
    const rows = reply.items.map(({ check, ok, detail }) => [ok ? 'ok' : 'NO', check, detail]);
    printTable(['', 'check', 'found'], rows);
  }
  return reply.items.every(({ ok }) => ok) ? EXIT_CODES.done : EXIT_CODES.failed;
}

/** Reads a source and waits until questions see what came. */
export async function syncSource(
  { client, json }: Context,
  name: string,
  how: { readonly strict: boolean; readonly acceptDeletions: boolean; readonly full: boolean },
): Promise<number> {
  const { acceptDeletions, full } = how;
  const begun = await client.call('startRun', {
    params: { name },
    body: { acceptDeletions, full },
  });
  const run = await followRun(client, begun, json);
  if (json) printJson(run);
  else printRun(run);
  if (run.status !== 'done') return EXIT_CODES.failed;
  const held = run.notReady.length > 0 || run.entities.some((entity) => entity.quarantined > 0);
  return held && how.strict ? EXIT_CODES.held : EXIT_CODES.done;
}

/** A run's summary as a person reads it. */
export function printRun(run: Run): void {
  console.log(`${run.integration}: ${run.status} (${run.id})`);
  if (run.entities.length > 0) printEntities(run);
  for (const { entity, reason } of run.notReady) console.log(`Not ready: ${entity}: ${reason}`);
  if (run.message !== undefined) console.log(run.message);
  const held = run.entities.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (held > 0) console.log('See why: rialto quarantine');
}

function printEntities(run: Run): void {
  printTable(
    [
      'kind',
      'read',
      'created',
      'changed',
      'unchanged',
      'deleted',
      'quarantined',
      'released',
      'echoed',
      'lines',
    ],
    run.entities.map((entity) => [
      entity.kind,
      entity.read,
      entity.created,
      entity.changed,
      entity.unchanged,
      entity.deleted,
      entity.quarantined,
      entity.released,
      entity.echoed,
      entity.lines,
    ]),
  );
}

/** Lists what waits in quarantine. */
export async function showQuarantine(
  { client, json }: Context,
  query: {
    readonly integration?: string;
    readonly kind?: string;
    readonly search?: string;
    readonly limit: string;
  },
): Promise<number> {
  const { limit, ...filters } = query;
  const reply = await client.call('listQuarantine', { query: { ...filters, pageSize: limit } });
  if (json) printJson(reply);
  else {
    printTable(
      ['integration', 'kind', 'key', 'file', 'line', 'column', 'value', 'reason'],
      reply.items.map((item) => [
        item.integration,
        item.kind,
        item.key,
        item.file,
        item.line,
        item.column ?? item.field,
        item.value,
        item.reason,
      ]),
    );
    if (reply.total > reply.items.length) console.log(`… of ${reply.total}; see --limit.`);
  }
  return EXIT_CODES.done;
}

/** Lists runs. */
export async function showRuns(
  { client, json }: Context,
  query: { readonly integration?: string; readonly limit: string },
): Promise<number> {
  const { limit, ...filters } = query;
  const reply = await client.call('listRuns', { query: { ...filters, pageSize: limit } });
  if (json) printJson(reply);
  else {
    printTable(
      [
        'run',
        'integration',
        'status',
        'started',
        'created',
        'changed',
        'deleted',
        'quarantined',
        'why',
      ],
      reply.items.map((run) => {
        const sum = (name: 'created' | 'changed' | 'deleted' | 'quarantined'): number =>
          run.entities.reduce((total, entity) => total + entity[name], 0);
        return [
          run.id,
          run.integration,
          run.status,
          run.startedAt,
          sum('created'),
          sum('changed'),
          sum('deleted'),
          sum('quarantined'),
          run.status === 'failed' ? run.message : undefined,
        ];
      }),
    );
  }
  return EXIT_CODES.done;
}

/** Lists the connected sources. */
export async function showIntegrations({ client, json }: Context): Promise<number> {
  const reply = await client.call('listIntegrations', { query: { pageSize: 200 } });
  if (json) printJson(reply);
  else {
    printTable(
      ['name', 'adapter', 'mapping', 'where', 'since'],
      reply.items.map(({ name, adapter, mapping, settings, createdAt }) => [
        name,
        adapter,
        mapping,
        typeof settings['path'] === 'string' ? settings['path'] : '',
        createdAt,
      ]),
    );
  }
  return EXIT_CODES.done;
}
