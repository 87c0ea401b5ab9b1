/** Reads every import under `src/` and `web/`: it goes down, and in through a front door. */
import { join, normalize } from 'node:path/posix';
import { expect, test } from 'vitest';
import { DRIVERS, ERP_AREAS, FLOORS, OPENED_TO, UNDER_ADAPTERS, UNDER_WEB } from './floors.ts';
import { filesUnder, importsOf, manifest, moduleOf, modules } from './source-files.ts';

/** What tests of adapters may stand on besides: their peers are real. */
const PEERS: readonly string[] = ['#database/testing', '#erp/gate/testing'];

const DOORS = new Set(Object.keys(manifest().imports));
const floorOf = new Map(FLOORS.flatMap((names, floor) => names.map((name) => [name, floor])));
const areaOf = new Map(
  ERP_AREAS.flatMap((names, floor) => names.map((name) => [`erp/${name}`, floor])),
);
const files = filesUnder('src', /\.tsx?$/);
const webFiles = filesUnder('web', /\.tsx?$/);

function climbs(path: string, specifier: string): string[] {
  const from = moduleOf(path);
  const to = moduleOf(normalize(join(path, '..', specifier)));
  const composing = from === 'main' && /^adapters\/[^/]+$/.test(to);
  return to === from || composing
    ? []
    : [`${path}: '${specifier}' climbs into ${to}; import '#${to}' instead`];
}

function stands(path: string, specifier: string): string[] {
  const from = moduleOf(path);
  const [to = '', side] = specifier.slice(1).split('/');
  if (!DOORS.has(specifier)) return [`${path}: '${specifier}' is not a front door`];
  if (specifier.endsWith('/testing') && !/(\.test|\/testing(\/[^/]+)?)\.tsx?$/.test(path)) {
    return [`${path}: '${specifier}' is for tests only`];
  }
  if (OPENED_TO[to]?.includes(from) === false) return [`${path}: ${to} is closed to ${from}`];
  if (to === 'erp' && from.startsWith('erp/')) {
    const below = (areaOf.get(`erp/${side}`) ?? Infinity) < (areaOf.get(from) ?? -1);
    return below ? [] : [`${path}: ${from} may not stand on erp/${side}`];
  }
  const allowed = from.startsWith('adapters/')
    ? UNDER_ADAPTERS.includes(to) || PEERS.includes(specifier)
    : (from === 'main' && to === 'adapters') ||
      (floorOf.get(to) ?? Infinity) < (floorOf.get(from.split('/')[0] ?? '') ?? -1);
  return allowed ? [] : [`${path}: ${from} may not stand on ${to}`];
}

function complaints(path: string): string[] {
  return importsOf(path).flatMap((specifier) => {
    if (specifier.startsWith('.')) return climbs(path, specifier);
    if (specifier.startsWith('#')) return stands(path, specifier);
    const owners = [DRIVERS[specifier] ?? []].flat();
    return owners.length === 0 || [...owners, 'main'].includes(moduleOf(path))
      ? []
      : [`${path}: only ${owners.join(', ')} may import '${specifier}'`];
  });
}

// A check of nothing always passes.
test('there is a house to check', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(webFiles.length).toBeGreaterThan(0);
});

test('every import goes down, and in through a front door', () => {
  expect(files.flatMap(complaints)).toEqual([]);
});

test('what can reach an ERP is closed to the assistant', () => {
  expect(stands('src/assistant/x.ts', '#postings')).toEqual([
    'src/assistant/x.ts: postings is closed to assistant',
  ]);
  expect(stands('src/main/x.ts', '#postings')).toEqual([]);
});

test('every folder under src has a floor', () => {
  const placed = (name: string): boolean =>
    name.startsWith('adapters/') || floorOf.has(name) || areaOf.has(name);
  expect(modules().filter((name) => !placed(name))).toEqual([]);
});

test('an area of the ERP stands on lower areas alone', () => {
  expect(stands('src/erp/ledger/x.ts', '#erp/company')).toEqual([]);
  expect(stands('src/erp/company/x.ts', '#erp/company')).toEqual([
    'src/erp/company/x.ts: erp/company may not stand on erp/company',
  ]);
});

test('the web app stands on the api contract alone', () => {
  const wrong = webFiles.flatMap((path) =>
    importsOf(path).flatMap((specifier) => {
      const away =
        specifier.startsWith('.') && !normalize(join(path, '..', specifier)).startsWith('web/');
      const ownDoor =
        specifier.startsWith('#') && !UNDER_WEB.includes(specifier.slice(1).split('/')[0] ?? '');
      const inTest = /\.test\.tsx?$|^web\/testing\//.test(path); // A browser test starts the server.
      return (away || ownDoor) && !inTest ? [`${path}: '${specifier}'`] : [];
    }),
  );
  expect(wrong).toEqual([]);
});

test('pages never import each other', () => {
  const pageOf = (path: string) => /^web\/pages\/([^/.]+)/.exec(path)?.[1];
  const wrong = webFiles.flatMap((path) =>
    importsOf(path).flatMap((specifier) => {
      const target = specifier.startsWith('.') ? normalize(join(path, '..', specifier)) : '';
      const [from, to] = [pageOf(path), pageOf(target)];
      const folder = /^web\/pages\/[^/]+\//.test(target) && /^web\/pages\/[^/]+\//.test(path);
      return from !== undefined && to !== undefined && folder && from !== to
        ? [`${path}: '${specifier}'`]
        : [];
    }),
  );
  expect(wrong).toEqual([]);
});
