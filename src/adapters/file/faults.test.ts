import { createHash } from 'node:crypto';
import { appendFile, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { instantOf } from '#kernel/time';
import { connectFile, localFolder, parseFileLayout } from './index.ts';
import { cellsOf, connectRows, layoutOf, makeFolder, pagesOf, problemsOf } from './testing.ts';

const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const rows = { file: 'rows.csv', columns: ['a', 'b'] };

describe('a line that is no row is told with its place, and the rest goes on', () => {
  test.each([
    [
      'wrong encoding',
      Buffer.from('1,2\nM\xfcller,3\n4,5\n', 'latin1'),
      2,
      /byte 2 .*0xFC.* UTF-8/,
    ],
    ['a zero byte', '1,2\nx\0,3\n4,5\n', 2, /byte 2 .* zero/],
    ['too few columns', '1,2\n3\n4,5\n', 2, /has 1 columns, not 2/],
    ['too many columns', '1,2\n3,4,5\n4,5\n', 2, /has 3 columns, not 2/],
    ['a line too long', `1,2\n${'x'.repeat(500)},3\n4,5\n`, 2, /503 bytes long/],
    ['text after a quote', '1,2\n"x"y,3\n4,5\n', 2, /column 1 goes on after its closing quote/],
    ['a quote never closed', '1,2\n"x,3\n4,5\n', 2, /does not close/],
  ])('%s', async (_, content, line, reason) => {
    const layout = content.includes('"') ? { quote: '"' as const } : {};
    const pages = await pagesOf(await connectRows(content, layout, { recordBytesMax: 100 }));
    const problems = problemsOf(pages);
    expect(problems).toMatchObject([{ file: 'rows.csv', line }]);
    expect(problems[0]?.reason).toMatch(reason);
    expect(cellsOf(pages)).toEqual([
      ['1', '2'],
      ['4', '5'],
    ]);
  });

  test('a last line that is cut off does not get in', async () => {
    const pages = await pagesOf(await connectRows('1,2\n3,4'));
    expect(cellsOf(pages)).toEqual([['1', '2']]);
    expect(problemsOf(pages)).toMatchObject([{ line: 2, raw: '3,4' }]);
  });

  test.each([
    ['too few columns', '1,2,x\n3,4\n', ['3']],
    ['too many columns', '1,2,x\n3,4,5,6\n', ['3', '4']],
    ['bytes of another encoding', Buffer.from('1,2,x\n3,4,\u00fc\n', 'latin1'), ['3', '4']],
    ['such bytes at its beginning', Buffer.from('1,2,x\n\u00fc,4,5\n', 'latin1'), []],
    ['a cut in its second column', '1,2,x\n3,4', ['3']],
    ['a cut in its first column', '1,2,x\n3', []],
  ])('of a line with %s it tells the columns that are certain', async (_, content, certain) => {
    const pages = await pagesOf(await connectRows(content, { columns: ['a', 'b', 'c'] }));
    expect(problemsOf(pages)).toMatchObject([{ line: 2, cells: certain }]);
  });

  test('a last line without terminator gets in where the layout says so', async () => {
    const pages = await pagesOf(await connectRows('1,2\n3,4', { lastTerminator: 'optional' }));
    expect(cellsOf(pages)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(problemsOf(pages)).toEqual([]);
  });

  test('a file beyond its limit of lines ends with a problem', async () => {
    const pages = await pagesOf(await connectRows('1,2\n3,4\n5,6\n', {}, { linesMax: 2 }));
    expect(cellsOf(pages)).toHaveLength(2);
    expect(problemsOf(pages)[0]?.reason).toContain('its limit');
  });
});

describe('a file is not ready', () => {
  test.each([
    ['when a named column is missing', 'a,c\n1,2\n', "column 'b' is missing"],
    ['when a name stands twice', 'a,b,a\n1,2,3\n', "names column 'a' twice"],
    ['when it is empty and should have a header', '', 'is empty'],
    ['when it is UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), 'UTF-16'],
  ])('%s', async (_, content, reason) => {
    const adapter = await connectRows(content, { header: true });
    const states = await adapter.survey(soon());
    expect(states.map(({ ready }) => ready)).toEqual([false]);
    expect(states[0]?.notReadyBecause).toContain(reason);
    expect(problemsOf(await pagesOf(adapter))).toHaveLength(1);
    const checks = await adapter.test(soon());
    expect(checks.at(-1)?.ok).toBe(false);
    expect(checks.at(-1)?.detail).toContain(reason);
  });

  test('when it is not there, while the folder check says so for the folder', async () => {
    const folder = await makeFolder({});
    const layout = layoutOf({ rows });
    const states = await connectFile({ folder: localFolder(folder), layout }).survey(soon());
    expect(states[0]?.notReadyBecause).toContain('is not in');
    const checks = await connectFile({ folder: localFolder(`${folder}/no`), layout }).test(soon());
    expect(checks).toMatchObject([{ check: 'folder', ok: false }]);
  });

  test('until it has been at rest for the stability window', async () => {
    const folder = await makeFolder({ 'rows.csv': '1,2\n' });
    await utimes(path.join(folder, 'rows.csv'), 1_000_000, 1_000_000);
    const surveyAt = async (ms: number): Promise<boolean | undefined> => {
      const clock = (): ReturnType<typeof instantOf> => instantOf(ms);
      const layout = layoutOf({ rows });
      const adapter = connectFile({
        folder: localFolder(folder),
        layout,
        stabilityMs: 5000,
        clock,
      });
      return (await adapter.survey(soon()))[0]?.ready;
    };
    expect(await surveyAt(1_000_004_999)).toBe(false);
    expect(await surveyAt(1_000_005_000)).toBe(true);
  });

  test('while its manifest is missing or says otherwise', async () => {
    const folder = await makeFolder({ 'rows.csv': '1,2\n' });
    const layout = layoutOf({ rows: { ...rows, manifest: 'manifest.json' } });
    const adapter = connectFile({ folder: localFolder(folder), layout, stabilityMs: 60_000 });
    const promise = async (sha256: string): Promise<void> => {
      const files = { 'rows.csv': { sha256, rows: 1 } };
      await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ files }));
    };
    expect(await adapter.survey(soon())).toMatchObject([{ ready: false }]);
    await promise('0'.repeat(64));
    expect(await adapter.survey(soon())).toMatchObject([{ ready: false }]);
    await promise(createHash('sha256').update('1,2\n').digest('hex'));
    expect(await adapter.survey(soon())).toMatchObject([{ ready: true, rowsExpected: 1 }]);
  });
});

describe('nothing outside the folder is opened', () => {
  test('not by a link', async () => {
    const outside = await makeFolder({ 'secret.csv': '1,2\n' });
    const folder = await makeFolder({});
    await symlink(path.join(outside, 'secret.csv'), path.join(folder, 'rows.csv'));
    const adapter = connectFile({
      folder: localFolder(folder),
      layout: layoutOf({ rows }),
      stabilityMs: 0,
    });
    expect(await adapter.survey(soon())).toMatchObject([{ ready: false }]);
    await expect(pagesOf(adapter)).rejects.toMatchObject({ code: 'file.outside-folder' });
    await unlink(path.join(folder, 'rows.csv'));
    await expect(pagesOf(adapter)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test.each(['../rows.csv', '/etc/passwd', 'a/../../b', 'C:\\x'])('not by the name %s', (file) => {
    const one = { ...rows, file, delimiter: ',', encoding: 'utf-8', header: false };
    expect(() => parseFileLayout({ entities: { rows: one } })).toThrow('reading the layout');
  });
});

test('content or layout that changed changes the fingerprint; a touched file does not', async () => {
  const folder = await makeFolder({ 'rows.csv': '1,2\n' });
  const fingerprint = async (columns: string[]): Promise<string | undefined> => {
    const layout = layoutOf({ rows: { ...rows, columns } });
    const states = await connectFile({
      folder: localFolder(folder),
      layout,
      stabilityMs: 0,
    }).survey(soon());
    return states[0]?.fingerprint;
  };
  const before = await fingerprint(['a', 'b']);
  await utimes(path.join(folder, 'rows.csv'), 1_000_000, 1_000_000);
  expect(await fingerprint(['a', 'b'])).toBe(before);
  expect(await fingerprint(['a', 'c'])).not.toBe(before);
  await appendFile(path.join(folder, 'rows.csv'), '3,4\n');
  expect(await fingerprint(['a', 'b'])).not.toBe(before);
});

test('a cursor of a file that has changed is refused', async () => {
  const folder = await makeFolder({ 'rows.csv': '1,2\n3,4\n' });
  const limits = { pageRowsMax: 1 };
  const adapter = connectFile({ folder: localFolder(folder), layout: layoutOf({ rows }), limits });
  const [first] = await pagesOf(adapter);
  await appendFile(path.join(folder, 'rows.csv'), '5,6\n');
  const resumed = pagesOf(adapter, first?.next);
  await expect(resumed).rejects.toMatchObject({ code: 'file.cursor-expired', kind: 'conflict' });
});
