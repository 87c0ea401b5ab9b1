import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOursAlone } from './ours-alone.ts';

const content = fc.dictionary(
  fc.constantFrom('name', 'city', 'terms', 'status'),
  fc.constantFrom('a', 'b', 'c'),
);

test('what was there with what we sent is ours alone; any other edit makes it not so', () => {
  fc.assert(
    fc.property(content, content, content, (before, sent, theirs) => {
      const written = { ...before, ...sent };
      expect(isOursAlone({ sent, before, there: written })).toBe(true);
      const there = { ...written, ...theirs };
      const edited = Object.entries(theirs).some(
        ([name, value]) => value !== Reflect.get(written, name),
      );
      expect(isOursAlone({ sent, before, there })).toBe(!edited);
    }),
  );
});

test('of what was created, the system may fill in what was not sent, and nothing else', () => {
  const sent = { name: 'Ours', total: '100' };
  const weigh = (there: Record<string, string>) => isOursAlone({ sent, before: undefined, there });
  expect(weigh({ name: 'Ours', total: '100.00', number: '7' })).toBe(true);
  expect(weigh({ name: 'Theirs', total: '100', number: '7' })).toBe(false);
});
