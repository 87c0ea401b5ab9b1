/**
 * A new user connects the sample manufacturer's files, syncs them twice, and asks 25 purchasing
 * questions in three phrasings each. Every answer is held against sums over the CSV files. Then 700 more
 * phrasings, each held against the typed query it must be read as.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ADVENTUREWORKS, hasAdventureWorks } from '../shared-data.ts';
import { startRialto } from '../running-rialto.ts';
import type { CommandResult, RunningRialto } from '../running-rialto.ts';
import { brief } from './brief.ts';
import { COMPARISONS_AND_LISTS } from './comparisons-and-lists.ts';
import { readOracle } from './oracle.ts';
import { PHRASINGS } from './phrasings.ts';
import { OUTSIDE_PURCHASING, QUESTIONS } from './questions.ts';
import { disagreements } from './agreement.ts';

const AS_OF = '2025-10-31';

const Answer = z.object({
  status: z.string(),
  reading: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), unit: z.string().optional() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  narrative: z.string(),
  query: z.unknown(),
});

const Named = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

const Synced = z.object({
  status: z.string(),
  entities: z.array(
    z.object({
      kind: z.string(),
      read: z.number(),
      created: z.number(),
      changed: z.number(),
      unchanged: z.number(),
      quarantined: z.number(),
    }),
  ),
});

describe.runIf(hasAdventureWorks)('AdventureWorks, connected as files', () => {
  const oracle = hasAdventureWorks ? readOracle(ADVENTUREWORKS) : undefined;
  let rialto: RunningRialto;

  beforeAll(async () => {
    rialto = await startRialto({ flags: ['--empty'] });
    const name = ['--name', 'adventureworks', '--path', ADVENTUREWORKS];
    succeeded(
      await rialto.command('connect', 'file', ...name, '--mapping', 'adventureworks', '--json'),
    );
  }, 120_000);
  afterAll(async () => rialto?.stop());

  const sync = async (): Promise<z.infer<typeof Synced>> => {
    const done = succeeded(await rialto.command('sync', 'adventureworks', '--json'));
    return Synced.parse(JSON.parse(done.output));
  };
  const ask = async (question: string): Promise<z.infer<typeof Answer>> =>
    Answer.parse(await rialto.request('POST', '/v1/questions', { question, asOf: AS_OF }));

  test('the first sync lets every order in, and the second changes nothing', async () => {
    const first = await sync();
    const orders = first.entities.find(({ kind }) => kind === 'purchase-order');
    expect(orders).toMatchObject({ created: 4012, quarantined: 0 });
    expect(first.entities.find(({ kind }) => kind === 'supplier')).toMatchObject({ created: 104 });

    const second = await sync();
    for (const entity of second.entities) {
      expect(entity).toMatchObject({ created: 0, changed: 0, quarantined: 0 });
    }
  }, 120_000);

  test('every header equals the sum of its lines, exactly', () => {
    expect(oracle?.all.orders).toHaveLength(4012);
    const sums = new Map<string, bigint>();
    for (const line of oracle?.all.lines ?? []) {
      sums.set(line.order.id, (sums.get(line.order.id) ?? 0n) + line.total);
    }
    expect(oracle?.all.orders.filter((order) => sums.get(order.id) !== order.subTotal)).toEqual([]);
  });

  test('there are twenty-five questions to ask, and twenty on comparisons and lists', () => {
    expect(QUESTIONS).toHaveLength(25);
    expect(COMPARISONS_AND_LISTS).toHaveLength(20);
  });

  test.each(
    [...QUESTIONS, ...COMPARISONS_AND_LISTS].flatMap((question) =>
      question.phrasings.map((text) => ({ text, question })),
    ),
  )('$text', async ({ text, question }) => {
    const answer = await ask(text);
    expect(answer.status, `${answer.reading} ${answer.narrative}`).toBe('answered');
    expect(oracle).toBeDefined();
    if (oracle === undefined) return;
    expect(
      disagreements(answer.rows, question.expected(oracle), question.ordered === true),
    ).toEqual([]);
  });

  test('what buyers, controllers, auditors and planners type is read as meant', async () => {
    const names = await namesById();
    const wrong: string[] = [];
    for (const { locale, question, expected } of PHRASINGS) {
      const body = { question, locale, asOf: AS_OF };
      const answer = Answer.parse(await rialto.request('POST', '/v1/questions', body));
      const nameOf = (id: string): string => names.get(id) ?? id;
      const read = answer.status === 'answered' ? brief(answer.query, nameOf) : answer.status;
      if (!expected.includes(read))
        wrong.push(`${question}: ${read}, not ${expected.join(' or ')}`);
    }
    expect(wrong).toEqual([]);
    expect(PHRASINGS.length).toBeGreaterThanOrEqual(700);
  }, 600_000);

  async function namesById(): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const kind of ['suppliers', 'items']) {
      for (let page = 1; page <= 3; page += 1) {
        const reply = await rialto.request('GET', `/v1/${kind}?pageSize=200&page=${page}`);
        for (const { id, name } of Named.parse(reply).items) names.set(id, name);
      }
    }
    return names;
  }

  test.each(OUTSIDE_PURCHASING)('not purchasing, so unsupported: %s', async (text) => {
    expect(await ask(text)).toMatchObject({ status: 'unsupported' });
  });
});

function succeeded(result: CommandResult): CommandResult {
  if (result.exitCode === 0) return result;
  throw new Error(`exit code ${result.exitCode}: ${result.errors}${result.output}`);
}
