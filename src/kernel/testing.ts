/** What every suite may need: folders that are gone afterwards. For tests alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

// Also when a test fails: a build machine runs the suites over and over.
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Makes an empty folder of one's own, which is gone when the file's tests are through. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rialto-${name}-`));
  made.push(folder);
  return folder;
}
