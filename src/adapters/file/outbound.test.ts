import { execFileSync, spawnSync } from 'node:child_process';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWriterContract } from '#adapter-kit/testing';
import type { Command, Writer } from '#adapter-kit';
import { connectFile, localFolder, parseFileLayout } from './index.ts';
import { printCommand, printFile } from './outbound/print.ts';
import { cellsOf, connectOne, makeFolder, pagesOf } from './testing.ts';
import { openOtherSide, orderFor, ORDERS_OUT } from './testing/other-side.ts';
import type { OtherSide } from './testing/other-side.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);

let benches = 0;
const bench = async () => {
  benches += 1;
  const folder = await makeFolder({});
  const other = await openOtherSide(folder);
  const adapter = connectFile({
    folder: localFolder(folder),
    layout: ORDERS_OUT,
    stabilityMs: 0,
  });
  return { folder, other, adapter, writer: writerOf(adapter), reference: `RLT-${benches}` };
};

describeWriterContract('files', async () => {
  const { adapter, writer, other, reference } = await bench();
  return {
    writer,
    capabilities: adapter.capabilities,
    good: [1, 2, 3].map((at) => orderFor(`${reference}-${at}`)),
    refused: orderFor(`${reference}-R`, 'V-BAD'),
    takeUp: async () => await other.takeUp(),
    booked: async () => await Promise.resolve(sumOf(other.booked)),
  };
});

describe('orders go out as files', () => {
  test('one for several, with a manifest beside it that counts, and the number of the one before', async () => {
    const { folder, writer } = await bench();
    await writer.write(orderFor('A-1'), soon());
    await writer.many?.write([orderFor('A-2'), orderFor('A-3', 'V "11"; x', 1)], soon());
    expect(await readdir(join(folder, 'out'))).toEqual([
      'orders-00000001.csv',
      'orders-00000001.csv.manifest.json',
      'orders-00000002.csv',
      'orders-00000002.csv.manifest.json',
    ]);
    expect(await readFile(join(folder, 'out/orders-00000002.csv'), 'utf8')).toBe(
      'reference;supplier;line;quantity;plant\r\nA-2;V-10;1;3;P1\r\nA-2;V-10;2;3;P1\r\nA-3;"V ""11""; x";1;3;P1\r\n',
    );
    const manifest: unknown = JSON.parse(
      await readFile(join(folder, 'out/orders-00000002.csv.manifest.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({
      sequence: 2,
      previous: 1,
      count: 2,
      references: ['A-2', 'A-3'],
      files: { 'orders-00000002.csv': { rows: 3 } },
    });
  });

  test('what a file cannot say is rejected with its field; the others go out', async () => {
    const { writer } = await bench();
    const bad: Command = { ...orderFor('A-2'), payload: { lines: [{ number: '1' }] } };
    const sent = await writer.many?.write([orderFor('A-1'), bad], soon());
    expect(sent).toMatchObject({
      each: [
        { outcome: 'handed-over' },
        { outcome: 'rejected', why: 'invalid', field: 'supplier' },
      ],
    });
    expect(await writer.lookup(bad, soon())).toBeUndefined();
  });

  test('XML that we write is XML that we read, whatever it holds', async () => {
    const file = ORDERS_OUT.outbound?.operations['create-supplier'];
    if (file === undefined) throw new Error('the layout lacks it');
    const text = fc.string({
      unit: fc.constantFrom('a', '&', '<', ']]>', '"', 'é', '\n', '\t', ' '),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 9 }), async (names) => {
        const printed = names.map((name, at) => {
          const payload = { name: `x${name}` };
          const command = { operation: 'create-supplier', reference: `R-${at}`, payload } as const;
          const one = printCommand(file, command, 1);
          if (!('text' in one)) throw new Error(one.reason);
          return one;
        });
        const adapter = await connectOne(printFile(file, printed), {
          format: 'xml',
          records: 'Suppliers/Supplier',
          columns: ['ref', 'Name'],
          paths: { ref: '@ref' },
        });
        expect(cellsOf(await pagesOf(adapter))).toEqual(
          names.map((name, at) => [`R-${at}`, `x${name}`]),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('answers', () => {
  test('are archived, not deleted, also when one of that name comes again', async () => {
    const { folder, writer, other, adapter } = await bench();
    await writer.write(orderFor('A-1'), soon());
    await other.takeUp();
    expect(await writer.lookup(orderFor('A-1'), soon())).toEqual({ key: 'K-A-1' });
    expect(await readdir(join(folder, 'in'))).toEqual(['read']);
    await writeFile(
      join(folder, 'in/answer-00000001.csv'),
      'reference;status;key;reason\nA-9;OK;9;\n',
    );
    await writer.lookup(orderFor('A-1'), soon());
    expect(await readdir(join(folder, 'in/read'))).toEqual([
      'answer-00000001.csv',
      'answer-00000001.csv~2',
    ]);
    const checks = await adapter.test(soon());
    expect(checks.at(-1)).toMatchObject({ ok: false });
    expect(checks.at(-1)?.detail).toContain('answer number 1 came more than once');
  });

  test('that are missing between others, or cannot be read, are noticed', async () => {
    const { folder, writer, adapter } = await bench();
    await writer.write(orderFor('A-1'), soon());
    await rename(join(folder, 'out/orders-00000001.csv'), join(folder, 'taken/x'));
    const answers = { 1: 'A-7;OK;7;', 4: 'A-8;OK;8;', 5: 'A-1;PERHAPS;;' };
    for (const [number, line] of Object.entries(answers)) {
      const name = `in/answer-0000000${number}.csv`;
      await writeFile(join(folder, name), `reference;status;key;reason\n${line}\n`);
    }
    const seen = await writer.lookup(orderFor('A-1'), soon());
    expect(seen).toHaveProperty('waiting');
    const detail = (await adapter.test(soon())).at(-1)?.detail;
    expect(detail).toContain("its status 'PERHAPS' is neither booked nor refused");
    expect(detail).toContain('answer number 2 to 3 is missing');
    expect(JSON.stringify(seen)).toContain('taken and not answered');
  });

  test('that are still being written do not count', async () => {
    const { folder, writer } = await bench();
    await writer.write(orderFor('A-1'), soon());
    await writeFile(join(folder, 'in/answer-00000001.csv'), 'reference;status;key;reason\nA-1;OK');
    expect(await writer.lookup(orderFor('A-1'), soon())).toHaveProperty('waiting');
    expect(await readdir(join(folder, 'in'))).toEqual(['answer-00000001.csv']);
  });
});

describe('killed at any deed, nothing is lost and nothing goes out twice', () => {
  const script = join(import.meta.dirname, 'testing/dying-writer.ts');
  const deedsOf = (folder: string): number => {
    const said: unknown = JSON.parse(
      execFileSync(process.execPath, [script, folder, 'A-1', '0'], { encoding: 'utf8' }),
    );
    return typeof said === 'object' && said !== null && 'deeds' in said ? Number(said.deeds) : 0;
  };

  /** Notes are kept there already; what was handed over before was taken, and is not answered. */
  const begun = async () => {
    const made = await bench();
    await made.writer.write(orderFor('A-0'), soon());
    await rm(join(made.folder, 'out'), { recursive: true });
    return made;
  };

  test('as postings do it: look, and hand over again only what is not there', async () => {
    const deeds = deedsOf((await begun()).folder);
    expect(deeds).toBeGreaterThan(8);
    for (let dieAt = 1; dieAt <= deeds; dieAt += 1) {
      const died = await begun();
      expect(spawnSync(process.execPath, [script, died.folder, 'A-1', `${dieAt}`])).toMatchObject({
        signal: 'SIGKILL',
      });
      for (const takesBefore of [false, true]) {
        const folder = await makeFolder({});
        await cp(died.folder, folder, { recursive: true });
        const other = await openOtherSide(folder);
        if (takesBefore) await other.takeUp(); // Without waiting for the manifest.
        await settle(folder, other);
        expect([dieAt, takesBefore, [...other.booked]]).toEqual([dieAt, takesBefore, [['A-1', 1]]]);
      }
    }
  }, 240_000);

  /** What postings do after a kill. */
  const settle = async (folder: string, other: OtherSide): Promise<void> => {
    const writer = writerOf(
      connectFile({ folder: localFolder(folder), layout: ORDERS_OUT, stabilityMs: 0 }),
    );
    const order = orderFor('A-1');
    if ((await writer.lookup(order, soon())) === undefined) {
      expect(await writer.unlaidSince?.(order, soon())).toBeDefined();
      expect(await writer.write(order, soon())).toMatchObject({ outcome: 'handed-over' });
    }
    expect(await readdir(join(folder, 'out'))).not.toContain('.orders-00000002.csv.part');
    await other.takeUp();
    expect(await writer.lookup(order, soon())).toEqual({ key: 'K-A-1' });
    expect(other.wrongManifests).toEqual([]);
  };

  test('what was never laid down is known only from notes that are whole', async () => {
    const { folder, writer } = await bench();
    const known = async (): Promise<boolean> =>
      (await writer.unlaidSince?.(orderFor('A-9'), soon())) !== undefined;
    expect(await known()).toBe(false); // Nothing says that notes were ever kept here.
    for (const one of ['A-1', 'A-2', 'A-3']) await writer.write(orderFor(one), soon());
    expect(await known()).toBe(true);
    expect(await writer.unlaidSince?.(orderFor('A-2'), soon())).toBeUndefined();
    const note = join(folder, 'rialto/sent/00000002.json');
    await rename(note, join(folder, 'aside'));
    expect(await known()).toBe(false); // A number is left out.
    expect(await writer.withdraw?.(orderFor('A-2'), soon())).toBe('taken');
    await rename(join(folder, 'aside'), note);
    await rename(join(folder, 'rialto'), join(folder, 'elsewhere'));
    expect(await known()).toBe(false); // As when the folder is not mounted.
  });

  test('a manifest that a kill kept back comes with the next look', async () => {
    const { folder, writer } = await bench();
    const other = await openOtherSide(folder, { needsManifest: true });
    await writer.write(orderFor('A-1'), soon());
    const manifest = join(folder, 'out/orders-00000001.csv.manifest.json');
    await rename(manifest, join(folder, 'aside'));
    await other.takeUp();
    expect(other.booked.size).toBe(0);
    expect(await writer.lookup(orderFor('A-1'), soon())).toHaveProperty('waiting');
    await other.takeUp();
    expect(other.booked.get('A-1')).toBe(1);
  });
});

test.each([
  ['without our reference', { columns: [{ name: 'a', path: 'x' }] }, '@reference'],
  ['with a name that has no number', { file: 'orders.csv' }, '{sequence}'],
  ['with a name that leads away', { file: '../{sequence}' }, '{sequence}'],
])('a layout %s is refused', (_, more, reason) => {
  const { outbound } = ORDERS_OUT;
  const operations = {
    'create-item': { ...outbound?.operations['create-purchase-order'], ...more },
  };
  let said = '';
  try {
    parseFileLayout({ entities: {}, outbound: { ...outbound, operations } });
  } catch (error) {
    if (error instanceof Error && 'remedy' in error) said = String(error.remedy);
  }
  expect(said).toContain(reason);
});

const sumOf = (booked: ReadonlyMap<string, number>): number =>
  [...booked.values()].reduce((sum, times) => sum + times, 0);

function writerOf(adapter: { readonly writer?: Writer }): Writer {
  if (adapter.writer === undefined) throw new Error('it does not write');
  return adapter.writer;
}
