import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { EntityState } from '#adapter-kit';
import { because, canonicalJson, sentenceOf } from '#kernel';
import type { Sentence } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { bytesOf } from './bytes.ts';
import type { Folder, OpenFile } from './folder/folder.ts';
import { readShape } from './formats.ts';
import type { ReadContext } from './in-pages.ts';
import type { EntityLayout } from './entity-layout.ts';
import type { FileLayout } from './layout.ts';
import { say } from './sentences.ts';

/** What it takes to look at a file: where it is, and how long it must have been at rest. */
export type Lookout = ReadContext & {
  readonly shown: string; // Where the folder is.
  readonly sharesClock: boolean;
  readonly stabilityMs: number;
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

/** How the files looked when the survey began, and when that was. */
type Before = { readonly atMs: number; readonly editions: ReadonlyMap<string, string> };

/** Says of each entity whether its file is there, whole and at rest, and what its content is. */
export async function surveyEntities(
  folder: Folder,
  at: Lookout,
  layout: FileLayout,
): Promise<EntityState[]> {
  const entities = Object.entries(layout.entities);
  const before = { atMs: millisecondsOf(at.clock()), editions: new Map<string, string>() };
  // Whoever keeps another clock cannot say how long a file has been at rest: it is looked at twice.
  for (const [, { file }] of at.sharesClock ? [] : entities) {
    const look = await folder.look(file).catch(() => undefined);
    if (look !== undefined) before.editions.set(file, look.edition);
  }
  const states: EntityState[] = [];
  for (const [entity, one] of entities) {
    at.stop.throwIfAborted();
    states.push(await surveyEntity(folder, at, { entity, layout: one }, before));
  }
  return states;
}

async function surveyEntity(
  folder: Folder,
  at: Lookout,
  { entity, layout }: { readonly entity: string; readonly layout: EntityLayout },
  before: Before,
): Promise<EntityState> {
  const notReady = (why: Sentence | { readonly text: string }): EntityState => {
    const { reason, said } = 'code' in why ? because(why) : { reason: why.text };
    const state = { entity, fingerprint: '', ready: false, notReadyBecause: reason };
    return said === undefined ? state : { ...state, said };
  };
  let file: OpenFile | undefined;
  try {
    file = await folder.open(layout.file);
    if (file === undefined)
      return notReady(say('not-in-folder', { file: layout.file, folder: at.shown }));
    const wrong = await whyNotReadable(file, at, layout);
    if (wrong !== undefined) return notReady(wrong);
    const digest = await digestOf(file, at.stop);
    const promise = layout.manifest === undefined ? undefined : await promised(folder, layout);
    if (promise !== undefined && 'text' in promise) return notReady(promise);
    const unrest = promise === undefined ? await whyNotAtRest(file, at, layout, before) : undefined;
    if (unrest !== undefined) return notReady(unrest);
    if (promise !== undefined && promise.sha256 !== digest) {
      const { file: name, manifest = '' } = layout;
      return notReady(say('not-as-promised', { file: name, manifest }));
    }
    const [again, byName] = [await file.look(), await folder.look(layout.file)];
    if (again?.edition !== file.edition || byName?.edition !== file.edition) {
      return notReady(say('being-written', { file: layout.file }));
    }
    const fingerprint = createHash('sha256').update(digest).update(canonicalJson(layout));
    const rowsExpected = promise?.rows;
    const state = { entity, fingerprint: fingerprint.digest('hex'), ready: true };
    return rowsExpected === undefined ? state : { ...state, rowsExpected };
  } catch (error) {
    at.stop.throwIfAborted();
    return notReady(sentenceOf(error));
  } finally {
    await file?.close();
  }
}

async function whyNotReadable(
  file: OpenFile,
  at: Lookout,
  layout: EntityLayout,
): Promise<Sentence | undefined> {
  if (file.size > at.limits.fileBytesMax) {
    return say('too-large', { file: layout.file, size: file.size, most: at.limits.fileBytesMax });
  }
  const shape = await readShape(file, layout, at);
  return shape.ok ? undefined : { text: `${layout.file}: ${shape.reason}`, ...shape.said };
}

/** A date in the future says nothing, so such a file only has to look the same twice. */
async function whyNotAtRest(
  file: OpenFile,
  at: Lookout,
  layout: EntityLayout,
  before: Before,
): Promise<Sentence | undefined> {
  const nowMs = millisecondsOf(at.clock());
  if (!at.sharesClock) {
    const leftMs = before.atMs + at.stabilityMs - nowMs;
    if (leftMs > 0) await sleep(leftMs, undefined, { signal: at.stop });
    return before.editions.get(layout.file) === file.edition
      ? undefined
      : say('being-written', { file: layout.file });
  }
  const restMs = nowMs - file.changedMs;
  if (restMs < 0 || restMs >= at.stabilityMs) return undefined;
  return say('not-at-rest', { file: layout.file, restMs, stabilityMs: at.stabilityMs });
}

/** What the manifest says of the file; in words when it says nothing usable. */
async function promised(
  folder: Folder,
  layout: EntityLayout,
): Promise<{ sha256: string; rows?: number | undefined } | Sentence> {
  const name = layout.manifest ?? '';
  const of = { manifest: name, file: layout.file };
  const manifest = await folder.open(name);
  if (manifest === undefined) return say('no-manifest', of);
  try {
    if (manifest.size > MANIFEST_BYTES_MAX) return say('manifest-too-long', of);
    const bytes = Buffer.alloc(manifest.size);
    await manifest.read(bytes, 0, bytes.length, 0);
    const json: unknown = JSON.parse(bytes.toString());
    const parsed = ManifestSchema.safeParse(json);
    if (!parsed.success) {
      return say('manifest-wrong', { ...of, why: z.prettifyError(parsed.error) });
    }
    return parsed.data.files[layout.file] ?? say('manifest-silent', of);
  } catch (error) {
    if (error instanceof SyntaxError) return say('manifest-no-json', of);
    throw error;
  } finally {
    await manifest.close();
  }
}

async function digestOf(file: OpenFile, stop: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of bytesOf(file, 0, file.size)) {
    stop.throwIfAborted();
    hash.update(bytes);
  }
  return hash.digest('hex');
}
