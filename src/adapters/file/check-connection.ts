import type { ConnectionCheck } from '#adapter-kit';
import { describeError } from '#kernel';
import { readPages, readShape } from './formats.ts';
import type { Folder, FolderSource } from './folder/folder.ts';
import type { EntityLayout } from './entity-layout.ts';
import type { FileLayout } from './layout.ts';
import type { Outbound } from './outbound/writer.ts';
import { surveyEntities } from './survey.ts';
import type { Lookout } from './survey.ts';

const SAMPLE_ROWS = 100;

/** Looks at the folder and at every file: there, at rest, and its first rows as described. */
export async function checkConnection(
  source: FolderSource,
  at: Lookout,
  layout: FileLayout,
  outbound?: Pick<Outbound, 'check'>,
): Promise<ConnectionCheck[]> {
  const checks = [...(await source.check(at.stop))];
  if (checks.some(({ ok }) => !ok)) return checks;
  try {
    const folder = await source.open(at.stop);
    try {
      checks.push(...(await checkFiles(folder, at, layout)));
      if (outbound !== undefined) checks.push(await outbound.check(at.stop));
      return checks;
    } finally {
      await folder.close();
    }
  } catch (error) {
    at.stop.throwIfAborted();
    return [...checks, { check: 'files', ok: false, detail: describeError(error) }];
  }
}

async function checkFiles(
  folder: Folder,
  at: Lookout,
  layout: FileLayout,
): Promise<ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  for (const state of await surveyEntities(folder, at, layout)) {
    const one = layout.entities[state.entity];
    if (one === undefined) continue;
    const ok = state.ready;
    checks.push({
      check: `${state.entity}: ${one.file}`,
      ...(ok ? await checkRows(folder, at, one) : { ok, detail: state.notReadyBecause ?? '' }),
    });
  }
  return checks;
}

async function checkRows(
  folder: Folder,
  at: Lookout,
  layout: EntityLayout,
): Promise<{ ok: boolean; detail: string }> {
  const file = await folder.open(layout.file);
  if (file === undefined) return { ok: false, detail: `${layout.file} has just vanished` };
  try {
    const context = { ...at, limits: { ...at.limits, pageRowsMax: SAMPLE_ROWS } };
    const shape = await readShape(file, layout, context);
    const columns = shape.ok ? shape.columns : [];
    const pages = readPages(file, layout, context, undefined);
    const first = await pages.next();
    await pages.return(undefined);
    const problem = first.done === true ? undefined : first.value.problems[0];
    if (problem !== undefined) {
      const line = problem.line === undefined ? '' : `line ${problem.line}: `;
      return { ok: false, detail: `${line}${problem.reason}` };
    }
    const more = columns.filter((name) => name !== '' && !layout.columns.includes(name));
    const unnamed = more.length === 0 ? '' : `; not named in the layout: ${more.join(', ')}`;
    return { ok: true, detail: `${file.size} bytes, ${columns.length} columns${unnamed}` };
  } catch (error) {
    return { ok: false, detail: describeError(error) };
  } finally {
    await file.close();
  }
}
