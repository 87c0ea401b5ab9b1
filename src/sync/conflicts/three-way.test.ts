import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { instantOf } from '#kernel/time';
import { decideFields, mergedContent, openFields } from './decide.ts';
import type { Choice } from './decide.ts';
import { markReckoned, reckonAmounts } from './reckon.ts';
import { ruleFor, RulesSchema } from './rule.ts';
import { compareThree } from './three-way.ts';

const line = fc.record(
  {
    number: fc.constantFrom('1', '2', '3'),
    unitPrice: fc.constantFrom('10', '11', '12'),
    ordered: fc.record({ value: fc.constantFrom('1', '2'), unit: fc.constantFrom('EA', 'KGM') }),
    text: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: ['number', 'unitPrice', 'ordered'] },
);
/** Small enough that sides often meet. */
const content: fc.Arbitrary<JsonObject> = fc.record(
  {
    name: fc.constantFrom('A', 'B', 'C'),
    city: fc.constantFrom('Graz', 'Linz'),
    extensions: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2')),
    lines: fc.uniqueArray(line, { selector: ({ number }) => number, maxLength: 3 }),
  },
  { requiredKeys: ['name', 'lines'] },
);

const decided = (base: JsonObject | undefined, ours: JsonObject, theirs: JsonObject) =>
  decideFields(compareThree(base, ours, theirs), [], {});
const merge = (base: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject =>
  mergedContent(theirs, decided(base, ours, theirs));

/** A content whatever the order its members stand in. */
function textOf(value: Json): string {
  const sorted = (each: Json): Json => {
    if (Array.isArray(each)) {
      const list: readonly Json[] = each;
      return list.map(sorted).toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
    }
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each).map(([key, part]) => [key, part === undefined ? part : sorted(part)]),
    );
  };
  return canonicalJson(sorted(value));
}

/** Every value with its place; members of lists by their number. */
function leavesOf(value: Json, place = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${place}=${value}`];
  if (Array.isArray(value)) {
    const list: readonly JsonObject[] = value;
    return list.flatMap((member) =>
      leavesOf(member, `${place}[${canonicalJson(member['number'] ?? null)}]`),
    );
  }
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part ?? null, `${place}.${key}`));
}

test('what one side alone has changed is as that side has it', () => {
  fc.assert(
    fc.property(content, content, (base, other) => {
      expect(textOf(merge(base, other, base))).toBe(textOf(other));
      expect(textOf(merge(base, base, other))).toBe(textOf(other));
      expect(textOf(merge(base, other, other))).toBe(textOf(other));
    }),
  );
});

test('no change of one side is lost, and nothing else becomes other than it was there', () => {
  fc.assert(
    fc.property(content, content, content, (base, ours, theirs) => {
      const cases = decided(base, ours, theirs);
      const merged = mergedContent(theirs, cases);
      const now = new Map(compareThree(base, merged, base).map((each) => [each.field, each.ours]));
      const kept = cases.filter(({ side }) => side === 'ours');
      expect(kept.map(({ field }) => now.get(field))).toEqual(kept.map(({ ours: mine }) => mine));
      const taken = new Set(cases.filter(({ side }) => side === 'ours').map(({ field }) => field));
      for (const { field } of compareThree(theirs, merged, theirs)) {
        expect(taken).toContain(field);
      }
    }),
  );
});

test('no value comes from nowhere', () => {
  fc.assert(
    fc.property(content, content, content, (base, ours, theirs) => {
      const either = new Set([...leavesOf(ours), ...leavesOf(theirs)]);
      for (const leaf of leavesOf(merge(base, ours, theirs))) expect(either).toContain(leaf);
    }),
  );
});

test('it does not matter who is called ours, but for what is to be asked', () => {
  const turned = { ours: 'theirs', theirs: 'ours', agreed: 'agreed', both: 'both' } as const;
  fc.assert(
    fc.property(content, content, content, (base, ours, theirs) => {
      const cases = compareThree(base, ours, theirs);
      const mirrored = compareThree(base, theirs, ours);
      expect(mirrored.map(({ field, side }) => [field, side])).toEqual(
        cases.map(({ field, side }) => [field, turned[side]]),
      );
      const asks = openFields(decided(base, ours, theirs));
      if (asks.length > 0) return;
      expect(textOf(merge(base, ours, theirs))).toBe(textOf(merge(base, theirs, ours)));
    }),
  );
});

test('merging what is merged changes nothing more', () => {
  fc.assert(
    fc.property(content, content, content, (base, ours, theirs) => {
      const cases = decided(base, ours, theirs);
      const choices = new Map<string, Choice>(
        openFields(cases).map((field) => [field, { take: 'ours' }]),
      );
      const merged = mergedContent(theirs, cases, choices);
      expect(openFields(cases, choices)).toEqual([]);
      expect(textOf(merge(theirs, merged, theirs))).toBe(textOf(merged));
      expect(textOf(merge(base, merged, merged))).toBe(textOf(merged));
    }),
  );
});

test('where nobody knows what was agreed on, every difference is asked', () => {
  fc.assert(
    fc.property(content, content, (ours, theirs) => {
      const cases = compareThree(undefined, ours, theirs);
      expect(cases.every(({ side }) => side === 'both')).toBe(true);
      expect(cases.length === 0).toBe(textOf(ours) === textOf(theirs));
    }),
  );
});

const at = (minute: number) => instantOf(1_790_000_000_000 + minute * 60_000);
const order = (unitPrice: string, value: string, more: JsonObject = {}): JsonObject => {
  const netAmount = String(Number(unitPrice) * Number(value));
  const ordered = { value, unit: 'EA' };
  return {
    netAmount,
    lines: [{ number: '1', ordered, unitPrice, priceBase: '1', netAmount }],
    ...more,
  };
};

test('the most specific rule decides; newest wins by time, and where none is known it is asked', () => {
  const rules = [
    { field: '*', wins: 'theirs' },
    { field: 'lines', wins: 'newest' },
    { field: 'lines.unitPrice', wins: 'ours' },
  ] as const;
  expect(ruleFor(rules, 'lines[7].unitPrice')?.wins).toBe('ours');
  expect(ruleFor(rules, 'lines[7]')?.wins).toBe('newest');
  expect(ruleFor(rules, 'linesman')?.wins).toBe('theirs');
  expect(ruleFor([], 'name')).toBeUndefined();
  const cases = compareThree({ city: 'A' }, { city: 'B' }, { city: 'C' });
  const newest = [{ field: 'city', wins: 'newest' }] as const;
  const takes = (ours?: number, theirs?: number) =>
    decideFields(cases, newest, {
      ...(ours === undefined ? {} : { ours: at(ours) }),
      ...(theirs === undefined ? {} : { theirs: at(theirs) }),
    })[0]?.verdict;
  expect(takes(2, 1)).toEqual({ take: 'ours', because: 'rule', rule: 'city' });
  expect(takes(1, 2)).toMatchObject({ take: 'theirs' });
  expect(takes(1, 1)).toMatchObject({ take: 'ask', because: 'time-unknown' });
  expect(takes(1)).toMatchObject({ take: 'ask' });
  expect(RulesSchema.safeParse([rules[0], rules[0]]).success).toBe(false);
  expect(RulesSchema.safeParse([{ field: 'lines[1].x', wins: 'ours' }]).success).toBe(false);
});

test('a decimal is what it is worth, a number is how it is written', () => {
  expect(compareThree({ price: '4.20' }, { price: '4.2' }, { price: '4.200' })).toEqual([]);
  expect(compareThree({ number: '7' }, { number: '007' }, { number: '7' })).toMatchObject([
    { side: 'ours' },
  ]);
  const quantity = (value: string, unit: string) => ({ ordered: { value, unit } });
  expect(
    compareThree(quantity('1', 'EA'), quantity('1.0', 'EA'), quantity('1', 'KGM')),
  ).toMatchObject([{ field: 'ordered', side: 'theirs' }]);
});

test('a line that both have added is one question; one that was changed here and removed there too', () => {
  const both = compareThree(
    { lines: [] },
    { lines: [{ number: '2', text: 'ours' }] },
    { lines: [{ number: '2', item: 'theirs' }] },
  );
  expect(both).toMatchObject([{ field: 'lines[2]', side: 'both' }]);
  const gone = compareThree(order('10', '1'), order('11', '1'), { netAmount: '0', lines: [] });
  expect(gone.find(({ field }) => field === 'lines[1]')).toMatchObject({ side: 'both' });
});

test('amounts follow: a price from there and a quantity from here make a new total', () => {
  const [ours, theirs] = [order('10', '3'), order('11', '2')];
  const cases = decided(order('10', '2'), ours, theirs);
  expect(openFields(cases)).toEqual(['lines[1].netAmount', 'netAmount']);
  const merged = mergedContent(theirs, cases);
  const { content: reckoned, isReckoned } = reckonAmounts('purchase-order', theirs, merged);
  expect(openFields(markReckoned(cases, isReckoned))).toEqual([]);
  expect(reckoned).toMatchObject({
    netAmount: '33',
    lines: [{ unitPrice: '11', ordered: { value: '3' }, netAmount: '33' }],
  });
});

test('a total that is not the sum there is nobody else’s to reckon', () => {
  const theirs = { ...order('11', '2'), netAmount: '21' }; // A discount.
  const { isReckoned } = reckonAmounts('purchase-order', theirs, theirs);
  expect([isReckoned('netAmount'), isReckoned('lines[1].netAmount')]).toEqual([false, true]);
});
