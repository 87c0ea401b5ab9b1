import { expect, test } from 'vitest';
import { because, slotsIn, speaker } from './sentence.ts';

const say = speaker('mill', { empty: 'Nothing turns.', slow: '{{name}} turns {{count}} times.' });

test('a sentence is said in English, with what another language needs', () => {
  const slots = { name: 'The $& wheel', count: 3 };
  expect(say('slow', slots)).toEqual({
    text: 'The $& wheel turns 3 times.',
    code: 'mill.slow',
    slots,
  });
  expect(because(say('empty', {}))).toEqual({
    reason: 'Nothing turns.',
    said: { code: 'mill.empty', slots: {} },
  });
});

test('what was filled in is found again in what was said', () => {
  expect(slotsIn('{{name}} turns (x{{count}}).', 'The wheel\n2 turns (x3).')).toEqual({
    name: 'The wheel\n2',
    count: '3',
  });
  expect(slotsIn('Nothing turns.', 'Nothing turns.')).toEqual({});
  expect(slotsIn('Nothing turns.', 'Nothing turns!')).toBeUndefined();
  expect(slotsIn('{{name}} turns.', 'The wheel turns. Again')).toBeUndefined();
});
