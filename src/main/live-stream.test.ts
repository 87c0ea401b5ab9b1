/** The whole way of a change: a file is synced, and an open page hears of it over real HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StreamEvent } from '#api-contract';
import { testDatabaseUrl } from '#database/testing';
import { instantOf, localDate } from '#kernel/time';
import { openApp } from './app.ts';
import { withOwner } from './cli/client.ts';
import { writeWorkshop } from './workshop/write-workshop.ts';
import { readSettings } from './settings.ts';

/** Reads a stream until an event satisfies; answers every event so far and the last id. */
async function readUntil(
  reply: Response,
  enough: (event: StreamEvent) => boolean,
): Promise<{ events: StreamEvent[]; id: string }> {
  const events: StreamEvent[] = [];
  let id = '';
  let text = '';
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    text += part.value;
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const line of messages.flatMap((message) => message.split('\n'))) {
      if (line.startsWith('id: ')) id = line.slice('id: '.length);
      if (!line.startsWith('data: ')) continue;
      const event = StreamEvent.parse(JSON.parse(line.slice('data: '.length)));
      events.push(event);
      if (!enough(event)) continue;
      await reader?.cancel();
      return { events, id };
    }
  }
  throw new Error(`the stream ended after ${events.length} events`);
}

test('a sync is heard as it goes, and a page that comes back hears how it ended', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rialto-stream-'));
  const env = { DATABASE_URL: await testDatabaseUrl(), RIALTO_TIME_ZONE: 'UTC' };
  const clock = () => instantOf(1_760_000_000_000);
  const settings = readSettings({ dataDir, port: '0', empty: true }, env);
  const app = await openApp(settings, () => undefined, { clock });
  try {
    const folder = join(dataDir, 'works');
    await writeWorkshop({ folder, seed: 7, asOf: localDate('2025-06-30') });
    const headers = { authorization: `Bearer ${app.token}` };
    const open = (more: Record<string, string> = {}) =>
      fetch(`${app.address}/v1/stream`, { headers: { ...headers, ...more } });
    const isOver = (event: StreamEvent): boolean =>
      event.kind === 'run.progress' && event.run.status === 'done';
    const { events, id } = await withOwner(dataDir, async (client) => {
      const body = {
        name: 'works',
        adapter: 'file',
        settings: { path: folder },
        mapping: 'sample',
      };
      await client.call('connectIntegration', { body });
      const listening = readUntil(await open(), isOver);
      await client.call('startRun', { params: { name: 'works' } });
      return listening;
    });
    const kinds = new Set(events.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(['records.changed', 'run.progress', 'warehouse.loaded']);
    expect(id).toMatch(/^\d+-\d+$/);
    const [log = '', warehouse = ''] = id.split('-');
    expect(Number(log)).toBeGreaterThan(1000);
    expect(warehouse).toBe(log); // A run is over when the warehouse holds what it wrote.

    const now = await readUntil(await open({ 'last-event-id': id }), isOver);
    expect(now.events).toHaveLength(1); // It missed nothing but how the run stands.
    const late = await readUntil(await open({ 'last-event-id': '3-2' }), isOver);
    expect(late.events.map(({ kind }) => kind)).toEqual([
      'records.changed',
      'warehouse.loaded',
      'run.progress',
    ]);
    expect(late.id).toBe(id);
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
