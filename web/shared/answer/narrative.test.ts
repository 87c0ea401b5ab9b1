import { expect, test } from 'vitest';
import type { Answer } from '#api-contract';
import { glued, isOrigin, partsOf } from './narrative.ts';

const ANSWER = {
  narrative: 'Highest 5.00 USD (Five & Co.). The 2 rows add up to 8.00 USD.',
  facts: [
    {
      sentence: 'Highest {1} ({0}).',
      values: [
        { shown: 'Five & Co.', source: { of: 'cell', row: 1, column: 0 } },
        { shown: '5.00 USD', source: { of: 'cell', row: 1, column: 1 } },
      ],
    },
    {
      sentence: 'The {0} rows add up to {1}.',
      values: [
        { shown: '2', source: { of: 'rows' } },
        { shown: '8.00 USD', source: { of: 'sum', column: 1 } },
      ],
    },
  ],
} as const;

const answer = (more: Partial<Answer>): Answer => ({
  status: 'answered',
  reading: '',
  query: {},
  columns: [],
  rows: [],
  narrative: '',
  assumptions: [],
  options: [],
  followUps: [],
  ...more,
});

test('each value of a narrative names its cells, in the order it is said', () => {
  const facts = structuredClone<Answer['facts']>(
    [...ANSWER.facts].map((fact) => ({
      sentence: fact.sentence,
      values: [...fact.values],
    })),
  );
  const parts = partsOf(answer({ narrative: ANSWER.narrative, facts }));
  expect(parts.map(({ text }) => text).join('')).toBe(ANSWER.narrative);
  expect(parts.filter(({ from }) => from !== undefined)).toEqual([
    { text: '5.00 USD', from: { of: 'cell', row: 1, column: 1 } },
    { text: 'Five & Co.', from: { of: 'cell', row: 1, column: 0 } },
    { text: '2', from: { of: 'rows' } },
    { text: '8.00 USD', from: { of: 'sum', column: 1 } },
  ]);
});

test('a narrative that is not its facts is shown whole, and links to nothing', () => {
  const facts = [{ sentence: 'Something else.', values: [] }];
  expect(partsOf(answer({ narrative: 'Said.', facts }))).toEqual([{ text: 'Said.' }]);
  expect(partsOf(answer({ narrative: 'Said.' }))).toEqual([{ text: 'Said.' }]);
});

test('brackets and stops stay with the value they belong to, and no letter is lost', () => {
  const from = { of: 'rows' } as const;
  const parts = [
    { text: 'Highest (' },
    { text: 'Five', from },
    { text: '); ' },
    { text: '5', from },
  ];
  expect(glued(parts)).toEqual([
    { text: 'Highest ', before: '', after: '' },
    { text: 'Five', from, before: '(', after: ');' },
    { text: ' ', before: '', after: '' },
    { text: '5', from, before: '', after: '' },
  ]);
});

test('a sum comes from its whole column, a cell from itself alone', () => {
  expect(isOrigin({ of: 'sum', column: 1 }, 7, 1)).toBe(true);
  expect(isOrigin({ of: 'sum', column: 1 }, 7, 0)).toBe(false);
  expect(isOrigin({ of: 'cell', row: 1, column: 1 }, 1, 1)).toBe(true);
  expect(isOrigin({ of: 'cell', row: 1, column: 1 }, 2, 1)).toBe(false);
});
