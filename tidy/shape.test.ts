/** Sizes, names and places: what a stranger relies on to find their way. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import {
  filesUnder,
  hasRooms,
  manifest,
  moduleOf,
  modules,
  ROOT,
  schemaOf,
  textOf,
} from './source-files.ts';

const LINES_MAX = 400;
const DOOR_NAMES_MAX = 40;
const README_LINES_MAX = 60;
const FOLDERS_FORBIDDEN = ['utils', 'helpers', 'common', 'services', 'managers', 'types', 'lib'];
const WORDS_FORBIDDEN = [
  'manager',
  'helper',
  'util',
  'utils',
  'service',
  'handler',
  'processor',
  'info',
];
const ADAPTER_FILES = ['README.md', 'index.ts', 'contract.test.ts'];

const ours = ['src', 'web', 'tidy', 'scenarios', 'bench', 'scripts', 'launcher', 'simulators'];
const code = ours.flatMap((folder) => filesUnder(folder, /\.(ts|tsx|mjs)$/));

test('no source file is longer than 400 lines', () => {
  expect(code.length).toBeGreaterThan(50);
  const long = code.flatMap((path) => {
    const lines = textOf(path).split('\n').length - 1;
    return lines > LINES_MAX ? [`${path}: ${lines} lines`] : [];
  });
  expect(long).toEqual([]);
});

test('a door has at most 40 names, all named, and no logic', () => {
  const doors = Object.values(manifest().imports)
    .map((path) => path.slice(2))
    .filter((path) => path.endsWith('/index.ts') && existsSync(join(ROOT, path)));
  expect(doors.length).toBeGreaterThan(3);
  const wrong = doors.flatMap((path) => {
    const { program, module } = parseSync(path, textOf(path));
    const entries = module.staticExports.flatMap((each) => each.entries);
    const star = entries.some((entry) => entry.exportName.name === null);
    const logic = program.body.filter(
      ({ type }) => type !== 'ExportNamedDeclaration' && type !== 'ImportDeclaration',
    );
    return [
      ...(entries.length > DOOR_NAMES_MAX ? [`${path}: ${entries.length} names`] : []),
      ...(star ? [`${path}: export *`] : []),
      ...logic.map(({ type }) => `${path}: ${type} in a door`),
    ];
  });
  expect(wrong).toEqual([]);
});

test('every module says in a README of at most a page what it is for', () => {
  const names = modules();
  expect(names.length).toBeGreaterThan(5);
  const wrong = names.flatMap((name) => {
    const path = `src/${name}/README.md`;
    if (!existsSync(join(ROOT, path))) return [`${path} is missing`];
    const lines = textOf(path).split('\n').length;
    return lines > README_LINES_MAX ? [`${path}: ${lines} lines`] : [];
  });
  expect(wrong).toEqual([]);
});

test('every module but main opens one front door that package.json names', () => {
  const doors = Object.values(manifest().imports);
  const without = modules().filter(
    (name) =>
      !name.startsWith('adapters/') && name !== 'main' && !doors.includes(`./src/${name}/index.ts`),
  );
  expect(without).toEqual([]);
  expect(doors.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('no folder is a drawer, and no file name says nothing', () => {
  const drawers = code.filter((path) =>
    dirname(path)
      .split('/')
      .some((folder) => FOLDERS_FORBIDDEN.includes(folder)),
  );
  const vague = code.filter((path) =>
    basename(path)
      .split(/[-.]/)
      .some((word) => WORDS_FORBIDDEN.includes(word)),
  );
  expect([...drawers, ...vague]).toEqual([]);
});

test('modules are at most two folders deep', () => {
  const deep = filesUnder('src', /\.ts$/).filter((path) => {
    const steps = path.split('/');
    return steps.length > (hasRooms(steps[1]) ? 5 : 4);
  });
  expect(deep).toEqual([]);
});

test('every adapter has its files', () => {
  const adapters = modules().filter((name) => name.startsWith('adapters/'));
  const missing = adapters.flatMap((name) =>
    ADAPTER_FILES.map((file) => `src/${name}/${file}`).filter(
      (path) => !existsSync(join(ROOT, path)),
    ),
  );
  expect(adapters.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('the calendar and the clock are read in kernel/time.ts alone', () => {
  const product = filesUnder('src', /(?<!\.test)\.ts$/).filter(
    (path) => path !== 'src/kernel/time.ts',
  );
  expect(product.length).toBeGreaterThan(20);
  expect(
    product.filter((path) => /\bnew Date\(|\bDate\.(now|parse|UTC)\(/.test(textOf(path))),
  ).toEqual([]);
});

test('nothing names a place on the machine it was written on', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.(ts|tsx|mjs|md|json|sql|css|html)$|^\.ci\/run$/.test(path))
    .filter((path) => existsSync(join(ROOT, path)));
  expect(tracked.length).toBeGreaterThan(50);
  const place = new RegExp(['', 'work', '(main|shared|\\.library)'].join('/'));
  expect(tracked.filter((path) => place.test(textOf(path)))).toEqual([]);
});

test("no module's SQL names another module's schema", () => {
  const schemas = modules()
    .filter((name) => existsSync(join(ROOT, 'src', name, 'migrations')))
    .map(schemaOf);
  expect(schemas.length).toBeGreaterThan(0);
  const wrong = filesUnder('src', /(?<!\.test)\.(ts|sql)$/).flatMap((path) => {
    const own = schemaOf(moduleOf(path));
    const text = textOf(path);
    const statements = path.endsWith('.sql') ? [text] : (text.match(/\bsql`[^`]*`/g) ?? []);
    return schemas
      .filter((schema) => schema !== own)
      .filter((schema) =>
        statements.some((statement) =>
          new RegExp(`\\b(from|join|into|update|table|on)\\s+${schema}\\.`, 'i').test(statement),
        ),
      )
      .map((schema) => `${path} names ${schema}`);
  });
  expect(wrong).toEqual([]);
});
