import { expect, test } from 'vitest';
import type { JsonObject } from '#kernel';
import { instantOf } from '#kernel/time';
import { resultOf, weigh } from './weigh.ts';
import type { Meeting } from './weigh.ts';

const base = { name: 'A', city: 'Graz', lines: [{ number: '1', unitPrice: '2.25', text: 'a' }] };

/** A wish that was made by somebody who saw `base`, after `first` had been booked by us alone. */
function second(payload: JsonObject, first: JsonObject, more: Partial<Meeting> = {}): Meeting {
  return {
    kind: 'supplier',
    operation: 'update-supplier',
    payload,
    base,
    ownWrites: [first],
    onlyOurs: true,
    theirs: { ...base, ...first },
    oursAt: instantOf(2),
    theirsAt: instantOf(1),
    ...more,
  };
}

const sent = (meeting: Meeting, rules: Parameters<typeof weigh>[1] = []) =>
  resultOf(meeting, weigh(meeting, rules).cases);

test('a wish that takes an earlier one of ours back is sent', () => {
  expect(sent(second({ name: 'A' }, { name: 'B' }))).toEqual({ send: { name: 'A' } });
});

test('a wish that says nothing of what an earlier one changed leaves that as it is', () => {
  expect(sent(second({ city: 'Linz' }, { name: 'B' }))).toEqual({ send: { city: 'Linz' } });
});

test('a line that is sent whole does not take back what an earlier wish changed in it', () => {
  const first = { lines: [{ number: '1', unitPrice: '1.50', text: 'a' }] };
  const asSeen = { lines: [{ number: '1', unitPrice: '2.25', text: 'b' }] };
  expect(sent(second(asSeen, first))).toEqual({
    send: { lines: [{ number: '1', unitPrice: '1.50', text: 'b' }] },
  });
});

test('what somebody else has changed meanwhile is still asked about', () => {
  const meeting = second(
    { name: 'A' },
    { name: 'B' },
    {
      onlyOurs: false,
      theirs: { ...base, name: 'C' },
    },
  );
  expect(weigh(meeting, []).asks).toEqual(['name']);
  expect(sent(meeting, [{ field: '*', wins: 'ours' }])).toEqual({ send: { name: 'A' } });
});
