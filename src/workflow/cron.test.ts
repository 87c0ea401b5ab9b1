import { expect, test } from 'vitest';
import { instantOf, parseInstant } from '#kernel/time';
import { nextTime } from './cron.ts';

const START = instantOf(1_700_000_000_000);

test.each([
  ['30 2 * * *', '2026-03-28T12:00:00.000Z', '2026-03-29T01:00:00.000Z'], // 02:30 is skipped: 03:00.
  ['30 2 * * *', '2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'], // The first 02:30,
  ['30 2 * * *', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'], // and not the second.
  ['0 6 * * 1-5', '2026-07-03T10:00:00.000Z', '2026-07-06T04:00:00.000Z'],
])("'%s' in Berlin after %s is %s", (cron, after, next) => {
  const from = parseInstant(after) ?? START;
  expect(nextTime({ cron, timeZone: 'Europe/Berlin' }, from)).toBe(next);
});

test.each([
  ['0 6 * *', 'Europe/Berlin'],
  ['0 6 * * *', 'Europe/Atlantis'],
  ['0 0 31 2 *', 'Europe/Berlin'],
  ['* * * * * *', 'Europe/Berlin'],
])("'%s' in '%s' is no schedule", (cron, timeZone) => {
  expect(() => nextTime({ cron, timeZone }, START)).toThrow(
    expect.objectContaining({ code: 'workflow.bad-schedule' }),
  );
});
