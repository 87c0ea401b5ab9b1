import { stat } from 'node:fs/promises';
import type { ConnectionCheck } from '#adapter-kit';
import { describeError } from '#kernel';
import { openInside } from './folder.ts';
import { readShape } from './header.ts';
import type { EntityLayout, FileLayout } from './layout.ts';
import { readPages } from './read-pages.ts';
import { surveyEntity } from './survey.ts';
import type { Lookout } from './survey.ts';

const SAMPLE_ROWS = 100;

/** Looks at the folder and at every file: there, at rest, and its first rows as described. */
export async function checkConnection(
  at: Lookout,
  layout: FileLayout,
  stop: AbortSignal,
): Promise<ConnectionCheck[]> {
  const folder = await checkFolder(at.folder);
  const checks = [folder];
  if (!folder.ok) return checks;
  for (const [entity, one] of Object.entries(layout.entities)) {
    const state = await surveyEntity(at, entity, one, stop);
    const ok = state.ready;
    checks.push({
      check: `${entity}: ${one.file}`,
      ...(ok ? await checkRows(at, one) : { ok, detail: state.notReadyBecause ?? '' }),
    });
  }
  return checks;
}

async function checkFolder(folder: string): Promise<ConnectionCheck> {
  const check = 'folder';
  try {
    const isFolder = (await stat(folder)).isDirectory();
    return { check, ok: isFolder, detail: isFolder ? folder : `${folder} is not a folder` };
  } catch (error) {
    return { check, ok: false, detail: `${folder} cannot be opened: ${describeError(error)}` };
  }
}

async function checkRows(
  at: Lookout,
  layout: EntityLayout,
): Promise<{ ok: boolean; detail: string }> {
  const file = await openInside(at.folder, layout.file);
  if (file === undefined) return { ok: false, detail: `${layout.file} has just vanished` };
  try {
    const shape = await readShape(file, layout, at.limits);
    const columns = shape.ok ? shape.columns : [];
    const pages = readPages(file, layout, { ...at.limits, pageRowsMax: SAMPLE_ROWS }, undefined);
    const first = await pages.next();
    const problem = first.done === true ? undefined : first.value.problems[0];
    if (problem !== undefined) {
      return { ok: false, detail: `line ${problem.line ?? 1}: ${problem.reason}` };
    }
    const more = columns.filter((name) => !layout.columns.includes(name));
    const unnamed = more.length === 0 ? '' : `; not named in the layout: ${more.join(', ')}`;
    return { ok: true, detail: `${file.size} bytes, ${columns.length} columns${unnamed}` };
  } catch (error) {
    return { ok: false, detail: describeError(error) };
  } finally {
    await file.handle.close();
  }
}
