/** What every folder promises, wherever it is kept. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../testing.ts';
import type { Folder, FolderSource } from '../folder/folder.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);

/** A folder with nothing in it, and where this machine has it. */
export type FolderBench = { readonly source: FolderSource; readonly here: string };

/** Runs the suite; every call of `make` gives an empty folder. */
export function describeFolderContract(kind: string, make: () => Promise<FolderBench>): void {
  const withFolder: WithFolder = async (use) => {
    const { source, here } = await make();
    const folder = await source.open(soon());
    try {
      await use(folder, here, source);
    } finally {
      await folder.close();
    }
  };
  describe(`${kind} keeps what a folder promises`, () => {
    describeWriting(withFolder);
    describeLooking(withFolder);
  });
}

type WithFolder = (
  use: (folder: Folder, here: string, source: FolderSource) => Promise<void>,
) => Promise<void>;

function describeWriting(withFolder: WithFolder): void {
  test('what is put is there, listed by name, read in any part, and gone when removed', () =>
    withFolder(async (folder) => {
      const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
      await folder.make('out/sent');
      await folder.put('out/b.csv', content);
      await folder.put('out/a.csv', Buffer.from('x'));
      expect((await folder.list('out')).map(({ name, size }) => [name, size])).toEqual([
        ['a.csv', 1],
        ['b.csv', 300_000],
      ]);
      const file = await folder.open('out/b.csv');
      const into = Buffer.alloc(200_010);
      expect(await file?.read(into, 10, 200_000, 5000)).toBe(200_000);
      expect(into.subarray(10).equals(content.subarray(5000, 205_000))).toBe(true);
      expect(await file?.read(into, 0, 1000, 299_990)).toBe(10);
      expect(await file?.read(into, 0, 1000, 400_000)).toBe(0);
      await file?.close();
      await folder.remove('out/b.csv');
      await folder.remove('out/b.csv');
      expect(await folder.look('out/b.csv')).toBeUndefined();
    }));

  test('nothing is put over what is there', () =>
    withFolder(async (folder) => {
      await folder.put('a', Buffer.from('1'));
      await expect(folder.put('a', Buffer.from('2'))).rejects.toMatchObject({
        code: 'file.already-there',
      });
      expect((await folder.look('a'))?.size).toBe(1);
    }));

  test('a renamed file has its new name only, over what had it', () =>
    withFolder(async (folder) => {
      await folder.make('in');
      await folder.put('a', Buffer.from('1'));
      await folder.put('in/a', Buffer.from('22'));
      await folder.rename('a', 'in/a');
      expect(await folder.look('a')).toBeUndefined();
      expect((await folder.look('in/a'))?.size).toBe(1);
      await expect(folder.rename('no', 'in/b')).rejects.toBeInstanceOf(Error);
    }));
}

function describeLooking(withFolder: WithFolder): void {
  test('what is not there is not there, and an unknown folder is empty', () =>
    withFolder(async (folder, here) => {
      await mkdir(join(here, 'sub'));
      expect(await folder.open('no')).toBeUndefined();
      expect(await folder.look('no')).toBeUndefined();
      expect(await folder.look('sub')).toBeUndefined();
      expect(await folder.list('no')).toEqual([]);
      expect(await folder.list('')).toEqual([]);
      await expect(folder.open('sub')).rejects.toMatchObject({ code: 'file.not-readable' });
    }));

  test('an open file tells when someone writes to it', () =>
    withFolder(async (folder, here) => {
      await writeFile(join(here, 'a'), 'x');
      const file = await folder.open('a');
      expect((await file?.look())?.edition).toBe(file?.edition);
      await writeFile(join(here, 'a'), 'longer');
      expect((await file?.look())?.edition).not.toBe(file?.edition);
      await file?.close();
    }));

  test('nothing leads out of it, by name or by link', () =>
    withFolder(async (folder, here) => {
      const outside = await makeFolder({ secret: 'x' });
      await symlink(join(outside, 'secret'), join(here, 'link'));
      await symlink(outside, join(here, 'linked'));
      const refused = { code: 'file.outside-folder' };
      await expect(folder.open('link')).rejects.toMatchObject(refused);
      await expect(folder.open('linked/secret')).rejects.toMatchObject(refused);
      await expect(folder.put('linked/new', Buffer.from('x'))).rejects.toMatchObject(refused);
      await expect(folder.put('../new', Buffer.from('x'))).rejects.toMatchObject(refused);
    }));

  test('its check answers step by step', () =>
    withFolder(async (_, __, source) => {
      const checks = await source.check(soon());
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    }));
}
