import { expect, test } from 'vitest';
import { instantOf } from '#kernel/time';
import { standingOf } from './health.ts';

const at = instantOf(0);
const GOOD = {
  integration: 'erp',
  lastRun: { id: 'run_1', status: 'done', at, incomplete: false },
  waiting: 3,
  handedOver: 0,
  needAPerson: 0,
  quarantined: 0,
  drift: 0,
  logs: [],
};

test('a connection that is read and written without trouble is good', () => {
  expect(standingOf(GOOD)).toEqual({ standing: 'good', reasons: [] });
});

test('what a person has to look at is told in the order to look at it', () => {
  expect(standingOf({ ...GOOD, needAPerson: 2, drift: 1, quarantined: 9 })).toEqual({
    standing: 'attention',
    reasons: [
      '2 transactions need a person',
      '1 change of its form is to be decided',
      '9 rows are in quarantine',
    ],
  });
});

test('a failed run is worse than something to decide, and a hold is told first', () => {
  const failed = {
    ...GOOD,
    lastRun: {
      id: 'run_1',
      status: 'failed',
      at,
      incomplete: false,
      message: '127.0.0.1 did not answer',
    },
    drift: 1,
  };
  expect(standingOf(failed)).toMatchObject({ standing: 'failing' });
  const hold = { reason: 'year end', by: 'per_ada', since: at };
  expect(standingOf({ ...failed, hold })).toEqual({
    standing: 'held',
    reasons: [
      'nothing is sent to it: year end',
      'the last run failed: 127.0.0.1 did not answer',
      '1 change of its form is to be decided',
    ],
  });
});

test('a run that could not read everything needs attention', () => {
  const lastRun = { ...GOOD.lastRun, incomplete: true };
  expect(standingOf({ ...GOOD, lastRun })).toEqual({
    standing: 'attention',
    reasons: ['the last run could not read everything'],
  });
});
