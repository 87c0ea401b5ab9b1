/** What is done with a document of the books stands in its history in words, not as the log's code. */
import { expect, test } from 'vitest';
import { ALL_ROUTES } from '#api';
import { ROUTES } from '#api-contract';
import { AREAS } from '../web/shared/erp-areas.ts';
import erp from '../web/locales/erp.en.json' with { type: 'json' };

const LISTS = new Set<string>(AREAS.flatMap(({ lists }) => lists.map(({ name }) => name)));
const WORDS = Object.keys(erp.erp.deed);

/** 'sales-orders' of '/v1/erp/legal-entities/:entity/sales-orders/:id/step'. */
const listOf = (path: string): string => path.split('/:entity/')[1]?.split('/')[0] ?? '';

test('every change under the address of a document has a word', () => {
  const changes = ALL_ROUTES.flatMap(({ name, audit }) =>
    'within' in audit && LISTS.has(listOf(ROUTES[name].path)) ? [audit.within] : [],
  );
  expect(changes.length).toBeGreaterThan(50);
  const unsaid = changes.filter((action) => !WORDS.some((word) => action.endsWith(`.${word}`)));
  expect(unsaid).toEqual([]);
});
