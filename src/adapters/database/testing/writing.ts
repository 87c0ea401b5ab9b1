/** What is written is there once or not at all: held against one server. */
import { connect as connectSocket, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Writer } from '#adapter-kit';
import {
  BOOKING,
  IMPORT,
  connectTo,
  makePurchasing,
  orderCommand,
  purchasingProfile,
  runImport,
} from './purchasing.ts';
import type { TestDatabase } from './test-database.ts';

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** Runs the suite; `open` gives an empty database. */
export function describeWriting(server: string, open: () => Promise<TestDatabase>): void {
  const fresh = async (): Promise<TestDatabase> => {
    const database = await open();
    onTestFinished(async () => await database.stop());
    await makePurchasing(database, 0);
    return database;
  };

  describe(`${server} is written once`, () => {
    describeRows(fresh);
    describeAnswers(fresh);
    describeRefusals(fresh);
    describeChecks(fresh);
    describeLostLines(fresh);
  });
}

function writerTo(database: TestDatabase, more: Record<string, unknown> = {}): Writer {
  const { writer } = connectTo(database, purchasingProfile(more));
  if (writer === undefined) throw new Error('the database is written to');
  return writer;
}

const count = async (database: TestDatabase, table: string): Promise<number> =>
  (await database.run(`select 1 from ${table}`)).length;

function describeRows(fresh: () => Promise<TestDatabase>): void {
  test('header and lines are there to the digit, the lines under the number of the header', async () => {
    const database = await fresh();
    const command = orderCommand();
    const outcome = await writerTo(database).write(command, patience());
    expect(outcome).toEqual({ outcome: 'handed-over', place: "order_import, status 'NEW'" });
    const [header] = await database.run('select * from order_import');
    expect(header).toMatchObject({
      our_reference: command.reference,
      total: '12.50',
      currency: 'EUR',
    });
    const lines = await database.run('select * from order_import_line order by line_no');
    expect(lines.map((line) => [line['import_id'], line['price'], line['quantity']])).toEqual([
      [header?.['id'], '0.123456', '2.500'],
      [header?.['id'], '12.000000', '1.000'],
    ]);
  });

  test('the same command twice, and twice at once, is one row', async () => {
    const database = await fresh();
    const writer = writerTo(database);
    const command = orderCommand();
    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => await writer.write(command, patience())),
    );
    await writer.write(command, patience());
    expect(await count(database, 'order_import')).toBe(1);
    expect(await count(database, 'order_import_line')).toBe(2);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject(
        outcome.outcome === 'rejected' ? { why: 'unavailable' } : { outcome: 'handed-over' },
      );
    }
  });
}

function describeAnswers(fresh: () => Promise<TestDatabase>): void {
  test('what the import says is told: booked with its number, refused with each reason', async () => {
    const database = await fresh();
    const writer = writerTo(database);
    const [good, bad] = [orderCommand(), orderCommand({ supplier: 'nobody' })];
    await writer.write(good, patience());
    await writer.write(bad, patience());
    await runImport(database);
    expect(await writer.lookup(good, patience())).toMatchObject({ detail: { status: 'BOOKED' } });
    expect(await writer.lookup(bad, patience())).toEqual({
      refused: { why: 'invalid', code: 'PO-17', reason: 'unknown supplier', field: 'SUPPLIER' },
    });
    await database.run("update order_import set status = 'ODD'");
    expect(await writer.lookup(good, patience())).toEqual({
      waiting: "order_import, status 'ODD', which the profile does not know",
    });
  });

  test('what was booked is found in a table of the other side, also when our rows are gone', async () => {
    const database = await fresh();
    await database.run('create table booked_order (number varchar(20), external varchar(40))');
    const handOver = {
      ...IMPORT.handOver,
      vanishes: true,
      result: { table: 'booked_order', reference: 'external' },
    };
    const operation = { ...IMPORT, key: 'number', detail: {}, handOver };
    const writer = writerTo(database, { operations: { 'create-purchase-order': operation } });
    const command = orderCommand();
    await writer.write(command, patience());
    expect(await writer.lookup(command, patience())).toHaveProperty('waiting');
    await database.run('delete from order_import_line');
    await database.run('delete from order_import');
    expect(await writer.withdraw?.(command, patience())).toBe('taken');
    await database.run(`insert into booked_order values ('PO-9', '${command.reference}')`);
    expect(await writer.lookup(command, patience())).toEqual({ key: 'PO-9' });
    expect(await writer.write(command, patience())).toEqual({ outcome: 'accepted', key: 'PO-9' });
    await database.run(`insert into booked_order values ('PO-10', '${command.reference}')`);
    expect(await writer.lookup(command, patience())).toMatchObject({
      detail: { alsoBookedAs: [expect.any(String)] },
    });
  });
}

function describeRefusals(fresh: () => Promise<TestDatabase>): void {
  test('an amount that the column would round is refused before it is sent', async () => {
    const database = await fresh();
    const outcome = await writerTo(database).write(
      orderCommand({ netAmount: '0.125' }),
      patience(),
    );
    expect(outcome).toMatchObject({
      outcome: 'rejected',
      why: 'invalid',
      field: 'order_import.total',
      reason: 'order_import.total has 3 digits after the point, and the column keeps 2',
    });
    expect(await count(database, 'order_import')).toBe(0);
  });

  test('a line that the database refuses takes its header with it', async () => {
    const database = await fresh();
    const line = { item: 'I1', ordered: { value: '1', unit: 'C62' }, unitPrice: '1' };
    const twice = { ...orderCommand() };
    const command = {
      ...twice,
      payload: {
        ...twice.payload,
        lines: [
          { ...line, number: '1' },
          { ...line, number: '1' },
        ],
      },
    };
    const outcome = await writerTo(database).write(command, patience());
    expect(outcome).toMatchObject({ outcome: 'rejected', why: 'invalid' });
    expect(await count(database, 'order_import')).toBe(0);
  });

  test('a row taken up by the import is not withdrawn; one that waits for it is, lines and all', async () => {
    const database = await fresh();
    const writer = writerTo(database);
    const [one, two] = [orderCommand(), orderCommand()];
    await writer.write(one, patience());
    await writer.write(two, patience());
    await database.run(
      `update order_import set status = 'TAKEN' where our_reference = '${one.reference}'`,
    );
    expect(await writer.withdraw?.(one, patience())).toBe('taken');
    expect(await writer.withdraw?.(two, patience())).toBe('withdrawn');
    expect(await count(database, 'order_import')).toBe(1);
    expect(await count(database, 'order_import_line')).toBe(2);
  });
}

function describeChecks(fresh: () => Promise<TestDatabase>): void {
  test('the connection test finds a table, a column and a right that are lacking, and writes nothing', async () => {
    const database = await fresh();
    const good = await connectTo(database).test(patience());
    expect(good.filter(({ ok }) => !ok)).toEqual([]);
    expect(good.find(({ check }) => check === 'write create-purchase-order')?.detail).toBe(
      'rows may be written and looked for; our_reference is held unique',
    );
    expect(await count(database, 'order_import')).toBe(0);
    const [row] = BOOKING.rows;
    const wrong = { ...BOOKING, rows: [{ ...row, table: 'no_such_table' }] };
    const operations = { 'post-stock-movement': wrong };
    const bad = await connectTo(database, purchasingProfile({ operations })).test(patience());
    expect(bad.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual([
      'write post-stock-movement',
    ]);
    const closed = connectTo({
      ...database,
      settings: { ...database.settings, password: 'wrong' },
    });
    expect((await closed.test(patience())).at(-1)).toMatchObject({ check: 'sign in', ok: false });
    const elsewhere = connectTo({ ...database, settings: { ...database.settings, networks: [] } });
    expect(await elsewhere.test(patience())).toMatchObject([{ check: 'address', ok: false }]);
  });
}

function describeLostLines(fresh: () => Promise<TestDatabase>): void {
  test('a commit whose answer is lost is uncertain, and looking finds what was written', async () => {
    const database = await fresh();
    const lossy = await throughProxy(database, 'commit', 'after');
    const command = orderCommand();
    const outcome = await writerTo(lossy).write(command, patience());
    expect(outcome).toMatchObject({ outcome: 'uncertain' });
    expect(await writerTo(database).lookup(command, patience())).toHaveProperty('waiting');
    expect(await count(database, 'order_import')).toBe(1);
  });

  test('a commit that never got there is uncertain too, and looking finds nothing', async () => {
    const database = await fresh();
    const lossy = await throughProxy(database, 'commit', 'before');
    const command = orderCommand();
    expect(await writerTo(lossy).write(command, patience())).toMatchObject({
      outcome: 'uncertain',
    });
    expect(await writerTo(database).lookup(command, patience())).toBeUndefined();
  });

  test('a line that breaks before the commit has written nothing, and that is certain', async () => {
    const database = await fresh();
    const lossy = await throughProxy(database, 'order_import_line', 'before');
    const outcome = await writerTo(lossy).write(orderCommand(), patience());
    expect(outcome).toMatchObject({ outcome: 'rejected', why: 'unavailable' });
    expect(await count(database, 'order_import')).toBe(0);
  });
}

/** The same database behind a line that breaks at a word: before it gets there, or after. */
async function throughProxy(
  database: TestDatabase,
  word: string,
  when: 'before' | 'after',
): Promise<TestDatabase> {
  const { host, port = 0 } = database.settings;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connectSocket(port, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let cut = false;
    near.on('data', (data: Buffer) => {
      cut ||= isWord(data, word);
      if (!cut || when === 'after') far.write(data);
      if (cut && when === 'before') for (const socket of [near, far]) socket.destroy();
    });
    far.on('data', (data: Buffer) => {
      if (cut) for (const socket of [near, far]) socket.destroy();
      else near.write(data);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const place = proxy.address();
  const own = typeof place === 'object' && place !== null ? place.port : 0;
  return { ...database, settings: { ...database.settings, port: own } };
}

/** A statement of its own, or a part of one that writes; not the catalog's talk of the same table. */
function isWord(data: Buffer, word: string): boolean {
  const text = data.toString('latin1');
  return word === 'commit'
    ? /\bcommit\b/.test(text)
    : /insert into/.test(text) && text.includes(word);
}
