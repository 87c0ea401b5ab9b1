import { expect, test } from 'vitest';
import de from '../../locales/connections.de.json' with { type: 'json' };
import en from '../../locales/connections.en.json' with { type: 'json' };
import { translator } from '../../shared/translate.ts';
import { cronWords } from './cron-words.ts';

const english = translator([en], 'en');

test.each([
  ['*/15 * * * *', 'every 15 minutes'],
  ['5 * * * *', 'every hour at minute 05'],
  ['30 2 * * *', 'every day at 02:30'],
  ['0 6 * * 1-5', 'Mon–Fri at 06:00'],
  ['0 6 * * 1,3,7', 'Mon, Wed, Sun at 06:00'],
  ['15 4 1 * *', 'on day 1 of every month at 04:15'],
  ['0 0 1 1 *', 'at the times of this expression'],
  ['0 6 * *', 'five fields are needed'],
  ['99 2 * * *', 'there is no such time'],
  ['0 0 32 1 *', 'there is no such time'],
])('%s in words', (cron, words) => {
  expect(cronWords(cron, english, 'en-GB')).toBe(words);
});

test('weekdays have their names in the language of the reader', () => {
  expect(cronWords('0 6 * * 1-5', translator([de], 'de'), 'de')).toBe('Mo–Fr um 06:00 Uhr');
});
