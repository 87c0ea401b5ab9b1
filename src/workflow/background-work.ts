import { rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';

/** The last piece of work of a kind that went on about something. */
export type BackgroundWork = { readonly kind: string; readonly name: string };

/** Keeps how a piece of work stands, in place of the one before it. */
export async function keepBackgroundWork(
  handle: Handle,
  { kind, name }: BackgroundWork,
  work: Json,
): Promise<void> {
  await rows(
    handle,
    sql`insert into workflow.background_work (kind, name, work)
      values (${kind}, ${name}, ${canonicalJson(work)})
      on conflict (kind, name) do update set work = excluded.work`,
  );
}

/** How a piece of work stood when it was kept last. */
export async function findBackgroundWork(
  handle: Handle,
  { kind, name }: BackgroundWork,
): Promise<Json | undefined> {
  const [found] = await rows<{ readonly work: Json }>(
    handle,
    sql`select work from workflow.background_work where kind = ${kind} and name = ${name}`,
  );
  return found?.work;
}
