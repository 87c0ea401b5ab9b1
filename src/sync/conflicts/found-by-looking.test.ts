/** A change whose answer was lost, and that was found by looking: whose it is when it is read back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRecord, recordIdOf } from '#records';
import type { RunSummary } from '../index.ts';
import { openHouse } from './testing.ts';
import type { House } from './testing.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  house.ledger.put('1', { number: '10001', name: 'First', city: 'Graz', paymentTerms: '30 days' });
});
afterEach(() => house.close());

const states = async () => (await house.postings()).map(({ progress }) => progress.state);
const record = async () =>
  (await findRecord(house.database.kysely, recordIdOf('erp', 'supplier', '1')))?.content;

const changeLost = async (meanwhile: () => void): Promise<RunSummary> => {
  house.ledger.put('1', { name: 'First', city: 'Linz' });
  await house.sync();
  await house.ask('1', { name: 'Ours' });
  house.ledger.losesAnswers = () => {
    meanwhile(); // Booked, and not looked for yet.
    return true;
  };
  await house.post();
  expect(await states()).toEqual(['accepted']);
  return await house.sync();
};

test.for([true, false])(
  'what was found by looking comes back as confirmed (versions: %s)',
  async (versions) => {
    house.ledger.versions = versions;
    const run = await changeLost(() => undefined);
    expect(run.entities).toMatchObject([{ echoed: 1, created: 0, changed: 0 }]);
    expect(await record()).toMatchObject({ name: 'Ours', city: 'Linz' });
    house.ledger.put('1', { name: 'Theirs' });
    expect((await house.sync()).entities).toMatchObject([{ changed: 1 }]);
  },
);

test.for([{ city: 'Wien' }, { name: 'Theirs' }, { paymentTerms: 'net30' }])(
  'it is a change when somebody else wrote %o before we looked',
  async (theirs) => {
    const run = await changeLost(() => house.ledger.put('1', theirs));
    expect(run.entities).toMatchObject([{ changed: 1 }]);
    expect(run.entities[0]).not.toHaveProperty('echoed');
    expect(await record()).toMatchObject(theirs);
  },
);

test('it is a change when somebody else wrote after we looked', async () => {
  house.ledger.put('1', { name: 'First' });
  await house.sync();
  await house.ask('1', { name: 'Ours' });
  house.ledger.losesAnswers = () => true;
  await house.post();
  house.ledger.put('1', { city: 'Wien' });
  expect((await house.sync()).entities).toMatchObject([{ changed: 1 }]);
});
