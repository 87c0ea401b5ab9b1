import { expect, test } from 'vitest';
import { lsnOf, lsnText } from './lsn.ts';
import { readMessage } from './message.ts';

test('a place in the log is a number, and is written as the server writes it', () => {
  for (const text of ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF', '1/0']) {
    expect(lsnText(lsnOf(text))).toBe(text);
  }
  expect(lsnOf('1/0')).toBe(4_294_967_296n);
});

test('what pgoutput writes is read: begin, table, rows with what was not written down, emptying', () => {
  const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([...part]))),
    );
  const int64 = (low: number): readonly number[] => [0, 0, 0, 1, 0, 0, 0, low];
  const text = (of: string): readonly number[] => [0x74, 0, 0, 0, of.length, ...Buffer.from(of)];
  expect(readMessage(bytes('B', int64(2), int64(0), [0, 0, 2, 0]))).toEqual({
    kind: 'begin',
    commitLsn: 4_294_967_298n,
    transaction: 512,
  });
  const column = (name: string) => bytes([1], `${name}\0`, [0, 0, 0, 20], [0xff, 0xff, 0xff, 0xff]);
  expect(
    readMessage(
      Buffer.concat([
        bytes('R', [0, 0, 0, 9], 'public\0order\0d', [0, 2]),
        column('id'),
        column('ä'),
      ]),
    ),
  ).toEqual({
    kind: 'relation',
    relation: { id: 9, schema: 'public', name: 'order', columns: ['id', 'ä'] },
  });
  const changed = bytes(
    'U',
    [0, 0, 0, 9],
    'K',
    [0, 2],
    text('7'),
    'n',
    'N',
    [0, 2],
    text('8'),
    'u',
  );
  expect(readMessage(changed)).toEqual({
    kind: 'row',
    relation: 9,
    before: ['7', null],
    after: ['8', undefined],
  });
  expect(readMessage(bytes('T', [0, 0, 0, 2], [0], [0, 0, 0, 9], [0, 0, 0, 8]))).toEqual({
    kind: 'truncate',
    relations: [9, 8],
  });
  expect(readMessage(bytes('M', [0], int64(5), 'rialto\0', [0, 0, 0, 2], 'ok'))).toEqual({
    kind: 'mark',
    lsn: 4_294_967_301n,
    prefix: 'rialto',
    text: 'ok',
  });
});
