import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, ROOT, textOf } from './source-files.ts';

const LIST = 'docs/errors.md';

/** Every error code of every module's `errors.ts`: the closed unions, read as text. */
export function errorCodes(): string[] {
  const files = filesUnder('src', /\/errors\.ts$/).filter(
    (path) => path !== 'src/kernel/errors.ts',
  );
  const codes = files.flatMap((path) => {
    const union = textOf(path).match(/type \w*Code\b[^;]*;/g) ?? [];
    return union.join('\n').match(/'[a-z-]+\.[a-z-]+'/g) ?? [];
  });
  return [...new Set(codes.map((code) => code.slice(1, -1)))].toSorted((a, b) =>
    a.localeCompare(b),
  );
}

/** What docs/errors.md says of each code. */
export function documentedErrors(): Map<string, string> {
  if (!existsSync(join(ROOT, LIST))) return new Map();
  const lines = textOf(LIST).matchAll(/^\| `([^`]+)` \| (.*) \|$/gm);
  return new Map([...lines].map(([, code = '', meaning = '']) => [code, meaning.trim()]));
}
