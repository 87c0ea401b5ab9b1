import { checked, failedCheck, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck } from '#adapter-kit';
import type { Sentence } from '#kernel';
import { readPages, readShape } from './formats.ts';
import type { Folder, FolderSource } from './folder/folder.ts';
import type { EntityLayout } from './entity-layout.ts';
import type { FileLayout } from './layout.ts';
import type { Outbound } from './outbound/writer.ts';
import { say } from './sentences.ts';
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
    return [...checks, failedCheck(sayCheck('files', {}), error)];
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
    const { entity, ready, notReadyBecause: text = '', said } = state;
    const check = sayCheck('file', { entity, file: one.file });
    if (ready) checks.push(await checkRows(check, folder, at, one));
    else checks.push(checked(check, false, said === undefined ? text : { text, ...said }));
  }
  return checks;
}

async function checkRows(
  check: Sentence,
  folder: Folder,
  at: Lookout,
  layout: EntityLayout,
): Promise<ConnectionCheck> {
  const file = await folder.open(layout.file);
  if (file === undefined) return checked(check, false, say('vanished', { file: layout.file }));
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
      const text = `${line}${problem.reason}`;
      return checked(check, false, problem.said === undefined ? text : { text, ...problem.said });
    }
    const more = columns.filter((name) => name !== '' && !layout.columns.includes(name));
    const found = { size: file.size, columns: columns.length };
    const names = more.join(', ');
    const told =
      names === '' ? say('file-as-described', found) : say('file-with-more', { ...found, names });
    return checked(check, true, told);
  } catch (error) {
    return failedCheck(check, error);
  } finally {
    await file.close();
  }
}
