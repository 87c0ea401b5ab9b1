import { expect, test } from 'vitest';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

function entries(of: object, under = ''): readonly (readonly [string, string])[] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entries(value, `${under}${name}.`)
      : [[`${under}${name}`, String(value)] as const],
  );
}

const slots = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

test('both languages say the same things', () => {
  expect(entries(de).map(([key]) => key)).toEqual(entries(en).map(([key]) => key));
});

test('each text has the same slots in both languages', () => {
  const german = new Map(entries(de));
  expect(entries(en).length).toBeGreaterThan(100);
  for (const [key, text] of entries(en)) {
    expect([key, slots(german.get(key) ?? '')]).toEqual([key, slots(text)]);
  }
});
