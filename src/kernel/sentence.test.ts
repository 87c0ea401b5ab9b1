import { expect, test } from 'vitest';
import { because, speaker } from './sentence.ts';

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
