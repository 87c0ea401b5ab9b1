import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFor } from './format.ts';

const en = formatFor('en');
const de = formatFor('de');

describe('figures', () => {
  test('amounts beyond what a float can hold keep every digit', () => {
    expect(en.decimal('90071992547409931234.12345678')).toBe('90,071,992,547,409,931,234.12345678');
    expect(de.amount('90071992547409931234.12', 'EUR')).toBe('90.071.992.547.409.931.234,12');
  });

  test('digits written are the digits stated, whatever the size', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,24}\.\d{0,7}[1-9]$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(en.decimal(text).replaceAll(',', '')).toBe(text);
      }),
    );
  });

  test('a unit price shows the fractions of a cent its source states', () => {
    expect(en.price('12.5', 'USD')).toBe('12.50');
    expect(en.price('12.5075', 'USD')).toBe('12.5075');
  });

  test('a currency without cents has none', () => {
    expect(en.amount('1200', 'JPY')).toBe('1,200');
  });

  test('text that is no number is shown as it is', () => {
    expect(en.decimal('n/a')).toBe('n/a');
  });
});

describe('days', () => {
  test('a calendar day is the same day in every locale and zone', () => {
    expect(en.day('2025-03-01')).toBe('Mar 1, 2025');
    expect(de.day('2025-03-01')).toBe('01.03.2025');
  });
});
