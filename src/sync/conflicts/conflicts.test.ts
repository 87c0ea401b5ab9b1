import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listEvents } from '#audit';
import { transact } from '#database';
import { assert } from '#kernel';
import type { JsonObject } from '#kernel';
import { dismissPosting, editPayload, holdPostings } from '#postings/decisions';
import { findRecord, historyOf, recordIdOf } from '#records';
import type { Conflict } from './conflict.ts';
import {
  decideConflict,
  listConflicts,
  listRules,
  listRulesVersions,
  restoreRules,
  saveRules,
} from './index.ts';
import type { Decision } from './resolve.ts';
import { openHouse } from './testing.ts';
import type { House } from './testing.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  house.ledger.put('1', { number: '10001', name: 'First', city: 'Graz', paymentTerms: '30 days' });
});
afterEach(() => house.close());

const conflicts = async (): Promise<readonly Conflict[]> =>
  (await listConflicts(house.database.kysely, { offset: 0, limit: 200, sort: 'noticedAt' })).rows;
const there = (key = '1') => house.ledger.documents.get(key)?.content;
const states = async () => (await house.postings()).map(({ progress }) => progress.state);
const rule = (field: string, wins: string) =>
  saveRules(house.database, {
    integration: 'erp',
    kind: 'supplier',
    rules: [{ field, wins }],
    author: 'Ada',
    at: house.clock(),
  });
const decide = (conflict: Conflict | undefined, how: Partial<Decision>) => {
  assert(conflict !== undefined, 'there is a conflict');
  const whole = { id: conflict.id, by: 'Bea', at: house.clock(), check: () => [], ...how };
  return transact(house.database, (tx) => decideConflict(tx, whole));
};
/** Both sides change the document that was just read. */
const meetOn = async (ours: JsonObject, theirs: JsonObject) => {
  await house.sync();
  await house.ask('1', ours);
  house.ledger.put('1', theirs);
  await house.post();
  return house.settle();
};
const record = async (key = '1') =>
  (await findRecord(house.database.kysely, recordIdOf('erp', 'supplier', key)))?.content;

test.for([true, false])(
  'what we wrote comes back as confirmed by the source, not as a change (versions: %s)',
  async (versions) => {
    house.ledger.versions = versions;
    house.ledger.put('1', { name: 'First' });
    await house.sync();
    await house.ask('1', { name: 'Ours' });
    await house.post();
    const echoed = await house.sync();
    expect(echoed.entities).toMatchObject([{ echoed: 1, created: 0, changed: 0 }]);
    expect(await record()).toMatchObject({ name: 'Ours' });
    const log = await historyOf(house.database.kysely, recordIdOf('erp', 'supplier', '1'), {
      offset: 0,
      limit: 10,
    });
    expect(log.rows.map(({ cause }) => cause)).toEqual(['echo', 'snapshot']);
    expect((await house.sync()).entities).toMatchObject([{ unchanged: 1, changed: 0 }]);
    house.ledger.put('1', { name: 'Theirs' });
    const changed = await house.sync();
    expect(changed.entities).toMatchObject([{ changed: 1 }]);
    expect(changed.entities[0]).not.toHaveProperty('echoed');
  },
);

test('changes of different fields merge by themselves, and both are kept', async () => {
  expect(await meetOn({ name: 'Ours' }, { city: 'Linz' })).toMatchObject({ merged: 1, queued: 0 });
  await house.post();
  expect(there()).toMatchObject({ name: 'Ours', city: 'Linz' });
  expect(await states()).toEqual(['dismissed', 'accepted']);
  const [conflict] = await conflicts();
  expect(conflict).toMatchObject({ state: 'settled', decidedBy: null, outcome: 'sent', asks: 0 });
  expect(conflict?.fields.map(({ field, verdict }) => [field, verdict.because])).toEqual([
    ['city', 'only-theirs'],
    ['name', 'only-ours'],
  ]);
  const events = await listEvents(house.database.kysely, { offset: 0, limit: 10 });
  expect(events.rows).toMatchObject([{ action: 'conflicts.settled', subject: conflict?.id }]);
});

test('both changed it to the same: nothing is sent, nobody is asked', async () => {
  await meetOn({ name: 'Same' }, { name: 'Same' });
  expect(await conflicts()).toMatchObject([{ state: 'settled', outcome: 'kept-theirs' }]);
  expect(await states()).toEqual(['dismissed']);
});

test('both changed it otherwise: it stands in the queue with all three, until a person picks', async () => {
  const met = await meetOn({ name: 'Ours', city: 'Wien' }, { name: 'Theirs' });
  expect(met).toMatchObject({ merged: 0, queued: 1 });
  expect(await house.settle()).toMatchObject({ merged: 0, queued: 0 });
  const [conflict] = await conflicts();
  expect(conflict).toMatchObject({
    state: 'open',
    asks: 1,
    title: '10001 Theirs',
    base: { name: 'First' },
    ours: { name: 'Ours', city: 'Wien' },
    theirs: { name: 'Theirs', city: 'Graz' },
    oursBy: 'Ada',
  });
  expect(conflict?.theirsAt).not.toBeNull();
  await expect(decide(conflict, {})).rejects.toMatchObject({
    code: 'sync.bad-decision',
    remedy: 'Decide also: name.',
  });
  await expect(decide(conflict, { fields: { nme: { take: 'ours' } } })).rejects.toMatchObject({
    remedy: 'It is not about: nme.',
  });
  await expect(decide(conflict, { revision: 7, whole: 'ours' })).rejects.toMatchObject({
    code: 'sync.conflict-decided',
  });
  const check = () => [{ field: 'name', reason: 'too long' }];
  await expect(decide(conflict, { whole: 'ours', check })).rejects.toMatchObject({
    remedy: 'name: too long',
  });
  expect(await states()).toEqual(['conflict']);
  const decided = await decide(conflict, { fields: { name: { value: 'A third' } } });
  expect(decided).toMatchObject({ state: 'decided', decidedBy: 'Bea', outcome: 'sent' });
  await house.post();
  expect(there()).toMatchObject({ name: 'A third', city: 'Wien' });
  const [, sent] = await house.postings();
  expect(sent).toMatchObject({
    id: decided.sentAs,
    cause: { by: 'Bea', conflict: conflict?.id, decided: { name: { because: 'person' } } },
  });
  await expect(decide(conflict, { whole: 'ours' })).rejects.toMatchObject({
    code: 'sync.conflict-decided',
  });
});

test('the whole of one side: ours for what is disputed; theirs, and nothing is sent', async () => {
  await meetOn({ name: 'Ours' }, { name: 'Theirs', city: 'Linz' });
  await decide((await conflicts())[0], { whole: 'ours' });
  await house.post();
  expect(there()).toMatchObject({ name: 'Ours', city: 'Linz' });
  await meetOn({ name: 'Ours again', paymentTerms: '14 days' }, { name: 'Theirs' });
  await decide((await conflicts())[1], { whole: 'theirs' });
  await house.post();
  expect(there()).toMatchObject({ name: 'Theirs', paymentTerms: '30 days' });
  expect((await states()).at(-1)).toBe('dismissed');
});

test.for([
  ['name', 'ours', 'Ours'],
  ['*', 'theirs', 'Theirs'],
  ['name', 'newest', 'Ours'], // The clock here stands years after theirs.
] as const)('a rule decides: %s %s', async ([field, wins, expected]) => {
  await rule(field, wins);
  expect(await meetOn({ name: 'Ours' }, { name: 'Theirs' })).toMatchObject({ merged: 1 });
  await house.post();
  expect(there()).toMatchObject({ name: expected });
  expect(await conflicts()).toMatchObject([
    { state: 'settled', rulesVersion: 1, decision: { name: { because: 'rule', rule: field } } },
  ]);
});

test('a rule that comes later decides what stands in the queue', async () => {
  await meetOn({ name: 'Ours' }, { name: 'Theirs' });
  await rule('name', 'theirs');
  expect(await house.settle()).toMatchObject({ merged: 1 });
  expect(await conflicts()).toMatchObject([{ state: 'settled', outcome: 'kept-theirs' }]);
});

test('a payload that is edited meanwhile is weighed anew, and not decided as it was', async () => {
  await meetOn({ name: 'Ours' }, { name: 'Theirs' });
  const [posting] = await house.postings();
  const deed = { by: 'Ada', at: house.clock(), check: () => [] };
  const edit = { name: 'Corrected' };
  await transact(house.database, (tx) => editPayload(tx, posting?.id ?? '', edit, deed));
  await expect(decide((await conflicts())[0], { whole: 'ours' })).rejects.toMatchObject({
    code: 'sync.conflict-decided',
  });
  await house.settle();
  const [conflict] = await conflicts();
  expect(conflict).toMatchObject({ revision: 2, ours: { name: 'Corrected' } });
  await decide(conflict, { whole: 'ours' });
  await house.post();
  expect(there()).toMatchObject({ name: 'Corrected' });
});

test('it moves on again after the decision: another conflict, against what was chosen from', async () => {
  await meetOn({ name: 'Ours' }, { name: 'Theirs' });
  await decide((await conflicts())[0], { whole: 'ours' });
  house.ledger.put('1', { name: 'Theirs anew', city: 'Linz' });
  await house.post();
  await house.settle();
  const [, second] = await conflicts();
  expect(second).toMatchObject({
    state: 'open',
    base: { name: 'Theirs' },
    ours: { name: 'Ours' },
    theirs: { name: 'Theirs anew', city: 'Linz' },
  });
  await decide(second, { whole: 'ours' });
  await house.post();
  expect(there()).toMatchObject({ name: 'Ours', city: 'Linz' });
});

test('a reading that finds it changed puts what is still held into the queue', async () => {
  await house.sync();
  const hold = { integration: 'erp', reason: 'closing', by: 'Ada', since: house.clock() };
  await holdPostings(house.database.kysely, hold);
  await house.ask('1', { name: 'Ours' });
  await house.sync();
  expect(await states()).toEqual(['intent']);
  house.ledger.put('1', { name: 'Theirs' });
  await house.sync();
  await house.settle();
  expect(await conflicts()).toMatchObject([
    { state: 'open', base: { name: 'First' }, ours: { name: 'Ours' }, theirs: { name: 'Theirs' } },
  ]);
});

test('what only we ourselves have written since is no question: the later wish stands', async () => {
  await house.sync();
  for (const name of ['One', 'Two', 'Three']) await house.ask('1', { name });
  for (let round = 0; round < 4; round += 1) {
    await house.post();
    await house.settle();
  }
  expect(there()).toMatchObject({ name: 'Three' });
  expect((await conflicts()).map(({ state }) => state)).not.toContain('open');
});

test('someone else came between two wishes: only what they touched is asked', async () => {
  await house.sync();
  await house.ask('1', { name: 'One' });
  await house.post();
  await house.ask('1', { name: 'Two', city: 'Wien' });
  house.ledger.put('1', { city: 'Linz' });
  await house.post();
  await house.settle();
  const [conflict] = await conflicts();
  expect(conflict?.fields.map(({ field, side }) => [field, side])).toEqual([
    ['city', 'both'],
    ['name', 'ours'],
  ]);
});

test('a person who settles the posting itself takes the conflict out of the queue', async () => {
  await meetOn({ name: 'Ours' }, { name: 'Theirs' });
  const [posting] = await house.postings();
  const deed = { by: 'Ada', at: house.clock(), reason: 'not wanted any more' };
  await transact(house.database, (tx) => dismissPosting(tx, posting?.id ?? '', deed));
  await house.settle();
  expect(await conflicts()).toMatchObject([{ state: 'withdrawn' }]);
});

test('what is gone there is told by sending it; what cannot be read stays with the dead letters', async () => {
  await house.sync();
  await house.ask('1', { name: 'Ours' });
  house.ledger.put('1', { name: null });
  await house.post();
  const [posting] = await house.postings();
  expect(await house.settle()).toMatchObject({ left: [posting?.id], merged: 0, queued: 0 });
  expect(await states()).toEqual(['conflict']);
  house.ledger.documents.delete('1');
  expect(await house.settle()).toMatchObject({ left: [posting?.id] });
  await house.post();
  expect(await states()).toEqual(['dead']);
  expect(await conflicts()).toEqual([]);
});

test('rules have versions with their author, and a form', async () => {
  const edit = { integration: 'erp', kind: 'supplier', author: 'Ada', at: house.clock() };
  const save = (rules: unknown, more = {}) =>
    saveRules(house.database, { ...edit, rules, ...more });
  expect(await save([{ field: 'city', wins: 'theirs' }], { basedOn: 0, note: 'they move' })).toBe(
    1,
  );
  expect(await save([{ field: 'city', wins: 'ours' }], { author: 'Bea' })).toBe(2);
  expect(await save([{ field: 'city', wins: 'ours' }])).toBe(2); // As it was.
  await expect(save([], { basedOn: 1 })).rejects.toMatchObject({ code: 'sync.rules-moved-on' });
  await expect(save([{ field: 'town', wins: 'ours' }])).rejects.toMatchObject({
    code: 'sync.bad-rules',
    remedy: expect.stringContaining('city') as unknown,
  });
  await expect(save([{ field: 'city', wins: 'me' }])).rejects.toMatchObject({
    code: 'sync.bad-rules',
  });
  await expect(save([], { kind: 'vendor' })).rejects.toMatchObject({ code: 'sync.bad-rules' });
  expect(await restoreRules(house.database, { ...edit, version: 1 })).toBe(3);
  await expect(restoreRules(house.database, { ...edit, version: 9 })).rejects.toMatchObject({
    code: 'sync.no-rules',
  });
  const versions = await listRulesVersions(house.database, 'erp', 'supplier');
  expect(versions.map(({ version, author, note }) => [version, author, note])).toEqual([
    [3, 'Ada', 'as in version 1'],
    [2, 'Bea', null],
    [1, 'Ada', 'they move'],
  ]);
  expect(await listRules(house.database, 'erp')).toMatchObject([
    { kind: 'supplier', version: 3, rules: [{ field: 'city', wins: 'theirs' }] },
  ]);
});

const field = fc.constantFrom('name', 'city', 'paymentTerms');
const value = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('ours' as const), field, value }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('theirs' as const), field, value }) },
  fc.record({ what: fc.constantFrom('sync' as const, 'post' as const, 'settle' as const) }),
);

test('whatever both sides do, the two come to rest and are equal, and no lone change is lost', async () => {
  let run = 1;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 14 }),
      fc.constantFrom('ours', 'theirs', 'newest', 'ask'),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      async (steps, wins, dice) => {
        run += 1;
        const key = `run ${run}`;
        house.ledger.losesAnswers = () => dice.next().value === 0;
        house.ledger.put(key, { number: key, name: 'x', city: 'x', paymentTerms: 'x' });
        await house.sync();
        await rule('*', wins);
        const last = { ours: new Map<string, string>(), theirs: new Map<string, string>() };
        for (const each of steps) {
          if (each.what === 'ours') await house.ask(key, { [each.field]: each.value });
          else if (each.what === 'theirs') house.ledger.put(key, { [each.field]: each.value });
          else await house[each.what]();
          if ('field' in each) last[each.what].set(each.field, each.value);
        }
        await comeToRest();
        for (const name of ['name', 'city', 'paymentTerms']) {
          const [ours, theirs] = [last.ours.get(name), last.theirs.get(name)];
          const disputed = ours !== undefined && theirs !== undefined;
          const kept = disputed || there(key)?.[name] === (ours ?? theirs ?? 'x');
          assert(kept, `what one side alone made of ${name} is lost`);
        }
        const version = house.ledger.documents.get(key)?.version;
        await comeToRest();
        expect(house.ledger.documents.get(key)?.version).toBe(version); // Nothing goes to and fro.
        expect(await record(key)).toMatchObject({ ...there(key) });
      },
    ),
    { numRuns: 25 },
  );
}, 240_000);

/** Goes round until nothing is left to be done; a person takes ours of what is asked. */
async function comeToRest(): Promise<void> {
  for (let round = 0; ; round += 1) {
    assert(round < 20, 'it comes to rest');
    await house.post();
    await house.settle();
    const open = (await conflicts()).filter(({ state }) => state === 'open');
    for (const conflict of open) await decide(conflict, { whole: 'ours' });
    const waits = (await states()).some((state) => state !== 'accepted' && state !== 'dismissed');
    if (!waits) break;
  }
  await house.sync();
}
