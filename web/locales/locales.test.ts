import { expect, test } from 'vitest';
import connectionsInGerman from './connections.de.json' with { type: 'json' };
import connections from './connections.en.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import erpInGerman from './erp.de.json' with { type: 'json' };
import erp from './erp.en.json' with { type: 'json' };

function entries(of: object, under = ''): readonly (readonly [string, string])[] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entries(value, `${under}${name}.`)
      : [[`${under}${name}`, String(value)] as const],
  );
}

const slots = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

const CATALOGUES = [
  ['the pages', en, de],
  ['connections', connections, connectionsInGerman],
  ['the embedded ERP', erp, erpInGerman],
] as const;

test.each(CATALOGUES)('of %s both languages say the same things', (_, english, german) => {
  expect(entries(german).map(([key]) => key)).toEqual(entries(english).map(([key]) => key));
});

test.each(CATALOGUES)('of %s each text has the same slots in both', (_, english, german) => {
  const inGerman = new Map(entries(german));
  expect(entries(english).length).toBeGreaterThan(100);
  for (const [key, text] of entries(english)) {
    expect([key, slots(inGerman.get(key) ?? '')]).toEqual([key, slots(text)]);
  }
});
