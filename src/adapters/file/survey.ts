import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EntityState } from '#adapter-kit';
import { canonicalJson, describeError } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { lookAt, openInside } from './folder.ts';
import type { OpenFile } from './folder.ts';
import { readShape } from './header.ts';
import type { EntityLayout } from './layout.ts';
import type { FileLimits } from './limits.ts';

/** What it takes to look at a file: where it is, and how long it must have been at rest. */
export type Lookout = {
  readonly folder: string;
  readonly stabilityMs: number;
  readonly clock: Clock;
  readonly limits: FileLimits;
};

const ManifestSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      rows: z.number().int().min(0).optional(),
    }),
  ),
});
const MANIFEST_BYTES_MAX = 10_000_000;

/** Says whether one entity's file is there, whole and at rest, and what its content is. */
export async function surveyEntity(
  at: Lookout,
  entity: string,
  layout: EntityLayout,
  stop: AbortSignal,
): Promise<EntityState> {
  const notReady = (notReadyBecause: string): EntityState => {
    return { entity, fingerprint: '', ready: false, notReadyBecause };
  };
  let file: OpenFile | undefined;
  try {
    file = await openInside(at.folder, layout.file);
    if (file === undefined) return notReady(`${layout.file} is not in ${at.folder}`);
    const wrong = await whyNotReadable(file, at, layout);
    if (wrong !== undefined) return notReady(wrong);
    const digest = await digestOf(file, stop);
    const promise = layout.manifest === undefined ? undefined : await promised(at, layout);
    if (typeof promise === 'string') return notReady(promise);
    const unrest = promise === undefined ? whyNotAtRest(file, at, layout) : undefined;
    if (unrest !== undefined) return notReady(unrest);
    if (promise !== undefined && promise.sha256 !== digest) {
      return notReady(`${layout.file} is not what ${layout.manifest} says: still being written?`);
    }
    const again = await lookAt(file.handle);
    if (again?.edition !== file.edition) return notReady(`${layout.file} is being written`);
    const fingerprint = createHash('sha256').update(digest).update(canonicalJson(layout));
    const rowsExpected = promise?.rows;
    const state = { entity, fingerprint: fingerprint.digest('hex'), ready: true };
    return rowsExpected === undefined ? state : { ...state, rowsExpected };
  } catch (error) {
    stop.throwIfAborted();
    const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : '';
    return notReady(`${describeError(error)}${remedy === '' ? '' : `: ${remedy}`}`);
  } finally {
    await file?.handle.close();
  }
}

async function whyNotReadable(
  file: OpenFile,
  at: Lookout,
  layout: EntityLayout,
): Promise<string | undefined> {
  if (file.size > at.limits.fileBytesMax) {
    return `${layout.file} has ${file.size} bytes, over the limit of ${at.limits.fileBytesMax}`;
  }
  const shape = await readShape(file, layout, at.limits);
  return shape.ok ? undefined : `${layout.file}: ${shape.reason}`;
}

/** A date in the future says nothing, so such a file only has to look the same twice. */
function whyNotAtRest(file: OpenFile, at: Lookout, layout: EntityLayout): string | undefined {
  const restMs = millisecondsOf(at.clock()) - file.changedMs;
  if (restMs < 0 || restMs >= at.stabilityMs) return undefined;
  return `${layout.file} was written ${restMs} ms ago; it must be at rest for ${at.stabilityMs} ms`;
}

/** What the manifest says of the file; in words when it says nothing usable. */
async function promised(
  at: Lookout,
  layout: EntityLayout,
): Promise<{ sha256: string; rows?: number | undefined } | string> {
  const name = layout.manifest ?? '';
  const manifest = await openInside(at.folder, name);
  if (manifest === undefined) return `${name} is not there yet; it is written last`;
  try {
    if (manifest.size > MANIFEST_BYTES_MAX) return `${name} is too long for a manifest`;
    const json: unknown = JSON.parse(await manifest.handle.readFile('utf8'));
    const parsed = ManifestSchema.safeParse(json);
    if (!parsed.success) return `${name} is no manifest: ${z.prettifyError(parsed.error)}`;
    return parsed.data.files[layout.file] ?? `${name} does not mention ${layout.file}`;
  } catch (error) {
    if (error instanceof SyntaxError) return `${name} is no JSON: still being written?`;
    throw error;
  } finally {
    await manifest.handle.close();
  }
}

async function digestOf(file: OpenFile, stop: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const window = Buffer.allocUnsafe(Math.min(1_048_576, Math.max(1, file.size)));
  for (let offset = 0; ; ) {
    stop.throwIfAborted();
    const { bytesRead } = await file.handle.read(window, 0, window.length, offset);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(window.subarray(0, bytesRead));
    offset += bytesRead;
  }
}
