import { expect, test } from 'vitest';
import type { BatchWriter, Command } from '#adapter-kit';
import type { Reply } from '#adapter-kit/testing';
import { connectTo, smallErp, smallProfile } from './testing.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);
const command = (reference: string, netAmount = '12.50'): Command => ({
  operation: 'create-purchase-order',
  reference,
  payload: { requester: 'ann', netAmount },
});
const THREE = [command('R-1'), command('R-2'), command('R-3')];

const BATCH = {
  path: '/orders/batch',
  commandsMax: 3,
  list: 'orders',
  beside: { mode: 'now' },
  answers: { records: 'made' },
};

/** Connects to a system whose batches are answered so; answers its writer and what it was sent. */
async function answering(
  reply: Reply,
  answers: object = {},
): Promise<{ many: BatchWriter | undefined; sent: () => (string | undefined)[] }> {
  const erp = await smallErp(5, ({ path }) => (path.includes('batch') ? reply : undefined));
  const profile = smallProfile();
  const { 'create-purchase-order': create } = profile.operations;
  const batch = { ...BATCH, answers: { ...BATCH.answers, ...answers } };
  const operations = { ...profile.operations, 'create-purchase-order': { ...create, batch } };
  const adapter = connectTo(erp, { profile: smallProfile({ operations }) });
  return { many: adapter.writer?.many, sent: () => erp.seen.map(({ body }) => body) };
}
const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const made = (...ids: string[]): Reply => json({ made: ids.map((id) => ({ id })) });

test('several commands go out as one list, as the profile says', async () => {
  const { many, sent } = await answering(made('1', '2'));
  expect(many).toMatchObject({ commandsMax: 3, operations: { 'create-purchase-order': 3 } });
  const answer = await many?.write(THREE.slice(0, 2), patience());
  expect(answer).toMatchObject({ each: [{ outcome: 'accepted', key: '1' }, { key: '2' }] });
  expect(sent().at(-1)).toBe(
    '{"mode":"now","orders":[{"ref":"R-1","name":"ann","amount":12.50},{"ref":"R-2","name":"ann","amount":12.50}]}',
  );
});

test('answers that come in another order are told apart by our reference', async () => {
  const records = [
    { ref: 'R-3', id: '30' },
    { ref: 'R-1', id: '10' },
    { ref: 'R-9', id: '90' },
  ];
  const { many } = await answering(json({ made: records }), { match: 'ref' });
  expect(await many?.write(THREE, patience())).toMatchObject({
    each: [{ outcome: 'accepted', key: '10' }, { outcome: 'uncertain' }, { key: '30' }],
  });
});

test('with fewer answers than commands, and no reference in them, nothing is taken for granted', async () => {
  const { many } = await answering(made('1', '2'));
  const answer = await many?.write(THREE, patience());
  expect(answer).toMatchObject({
    each: [{ outcome: 'uncertain' }, { outcome: 'uncertain' }, { outcome: 'uncertain' }],
  });
});

test('each part is judged by its own status, where it has one', async () => {
  const parts = [
    { status: 201, body: { id: '1' } },
    { status: 422, body: { error: { code: 'BAD_NAME', message: 'not that name' } } },
    { status: 500 },
  ];
  const answers = { status: 'status', document: 'body' };
  const { many } = await answering(json({ made: parts }), answers);
  expect(await many?.write(THREE, patience())).toMatchObject({
    each: [
      { outcome: 'accepted', key: '1' },
      { outcome: 'rejected', why: 'invalid' },
      { outcome: 'uncertain' },
    ],
  });
});

test('what cannot be said is left out of the batch and told, and the others go', async () => {
  const { many, sent } = await answering(made('1', '2'));
  const [first, , last] = THREE;
  if (first === undefined || last === undefined) throw new Error('there are three');
  const answer = await many?.write([first, command('R-2', 'much'), last], patience());
  expect(answer).toMatchObject({
    each: [
      { outcome: 'accepted', key: '1' },
      { outcome: 'rejected', why: 'invalid', field: 'netAmount' },
      { outcome: 'accepted', key: '2' },
    ],
  });
  expect(sent().at(-1)).not.toContain('R-2');
});

test('a refusal of the whole is one for all; an answer that is no list is uncertain for all', async () => {
  const refused = await answering(json({ error: { code: 'BAD_NAME' } }, 422));
  expect(await refused.many?.write(THREE, patience())).toMatchObject({
    all: { outcome: 'rejected', why: 'invalid' },
  });
  const strange = await answering(json({ fine: true }));
  expect(await strange.many?.write(THREE, patience())).toMatchObject({
    all: { outcome: 'uncertain' },
  });
});

test('an operation without a batch, or with a target, does not go out as one', async () => {
  const { many, sent } = await answering(made('1'));
  const changes = THREE.map((one) => ({ ...one, target: { key: '1' } }));
  const unsupported = { all: { outcome: 'rejected', why: 'unsupported' } };
  expect(await many?.write(changes, patience())).toMatchObject(unsupported);
  expect(sent()).toEqual([]);
});
