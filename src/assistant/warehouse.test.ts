import { expect, test } from 'vitest';

import { localDate } from '#kernel/time';
import { DIMENSIONS, memberIndex, METRICS, runQuery } from '#semantic';
import { openWarehouse } from '#warehouse';

import { ask } from './ask.ts';
import { checkNarrative } from './facts.ts';

test('questions are answered from a real warehouse, every number from a cell', async () => {
  const warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 200,
    fiscalYearStartMonth: 1,
  });
  const members = await memberIndex(warehouse);
  const catalogue = { metrics: METRICS, dimensions: DIMENSIONS };
  const questions = [
    'spend in 2025',
    'spend by supplier and month',
    'share of spend by vendor',
    'rejection rate by vendor compared with the prior year',
    'open commitments',
    'largest purchase order',
  ];
  for (const question of questions) {
    const tables: Awaited<ReturnType<typeof runQuery>>[] = [];
    const answer = await ask({
      question,
      asOf: localDate('2026-11-21'),
      locale: 'en',
      catalogue,
      members,
      run: async (query) => {
        const result = await runQuery(warehouse, query);
        tables.push(result);
        return result;
      },
    });
    expect(answer.status).toBe('answered');
    const style = { locale: 'en', fiscalYearStartMonth: 1 } as const;
    const wrong = tables.flatMap((table) =>
      checkNarrative(answer.narrative, answer.facts ?? [], table, style),
    );
    expect(wrong).toEqual([]);
  }
  await warehouse.close();
});
