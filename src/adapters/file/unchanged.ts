import { fileError } from './errors.ts';
import type { OpenFile } from './folder/folder.ts';

/** Fails with `file.changed-while-reading` when someone wrote to a file since it was opened. */
export async function assertUnchanged(file: OpenFile, name: string): Promise<void> {
  const now = await file.look();
  if (now?.edition === file.edition) return;
  throw fileError('unavailable', 'file.changed-while-reading', `reading ${name}`, {
    remedy: 'Someone wrote to the file meanwhile. Run the synchronisation again.',
  });
}
