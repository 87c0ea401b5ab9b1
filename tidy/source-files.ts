import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

/** The folder of package.json. */
export const ROOT = join(import.meta.dirname, '..');

/** Files under a folder of ours by their path from the root, with '/'. */
export function filesUnder(folder: string, ending: RegExp): string[] {
  const at = join(ROOT, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => ending.test(path) && !/(^|\/)(node_modules|dist)\//.test(path));
}

/** A file's text. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** `src/signals/detectors/x.ts` is in `signals`; `src/adapters/file/x.ts` in `adapters/file`. */
export function moduleOf(path: string): string {
  const steps = path.split('/').slice(1);
  return steps.slice(0, hasRooms(steps[0]) ? 2 : 1).join('/');
}

/** Whether the modules stand one folder deeper: every adapter and every area of the ERP is one. */
export const hasRooms = (folder: string | undefined): boolean =>
  folder === 'adapters' || folder === 'erp';

/** A module's PostgreSQL schema: `erp_ledger` of `erp/ledger`. */
export const schemaOf = (module: string): string => module.replace('/', '_');

/** Every module under src that exists. */
export function modules(): string[] {
  const found = filesUnder('src', /\.ts$/).map(moduleOf);
  return [...new Set(found)].toSorted((a, b) => a.localeCompare(b));
}

/** What a file imports, re-exports or loads, as written. */
export function importsOf(path: string): string[] {
  const text = textOf(path);
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module;
  const exported = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const dynamic = dynamicImports.map(({ moduleRequest: { start, end } }) =>
    text.slice(start + 1, end - 1),
  );
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported,
    ...dynamic,
  ];
}

/** The package's manifest; only what the tests look at. */
export function manifest(): {
  readonly imports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
} {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm keeps this file's shape.
  return JSON.parse(textOf('package.json')) as ReturnType<typeof manifest>;
}
