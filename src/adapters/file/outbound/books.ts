import { z } from 'zod';
import type { Instant } from '#kernel/time';
import { parseInstant } from '#kernel/time';
import type { Folder } from '../folder/folder.ts';
import type { OutboundLayout } from './layout.ts';

const SentSchema = z.object({
  file: z.string(),
  operation: z.string(),
  sequence: z.number().int().min(1),
  previous: z.number().int().min(0), // The file handed over before it; 0: none.
  count: z.number().int(), // Commands.
  files: z.record(z.string(), z.object({ sha256: z.string(), rows: z.number() })),
  references: z.array(z.string()),
  answered: z.record(z.string(), z.number().int()), // How often each had been answered before.
});
const OpenedSchema = z.object({ openedAt: z.string() });
/** What we noted of a file before it was handed over. */
export type Sent = Readonly<z.infer<typeof SentSchema>>;

/** Where a file that was noted stands now. */
export type Standing = 'unfinished' | 'lying' | 'withdrawn' | 'taken';

/** Our notes of what was handed over. */
export type Books = {
  /** All of it, the latest first. */
  sent(folder: Folder): Promise<readonly Sent[]>;
  standing(folder: Folder, sent: Sent): Promise<Standing>;
  /** Says from when on every file is noted here, the first time. */
  begin(folder: Folder, at: Instant): Promise<void>;
  /**
   * Since when all that was handed over is noted here. Undefined: it cannot be told. Notes may have been
   * lost: their beginning is not there, as in a folder that is not mounted, or a number is left out.
   */
  wholeSince(folder: Folder): Promise<Instant | undefined>;
  /** Writes a note. The file lies ready under `partOf` by then. */
  note(folder: Folder, sent: Sent): Promise<void>;
  /** Takes back what never was handed over. First the note, else it would pass for taken. */
  undo(folder: Folder, sent: Sent): Promise<void>;
  withdrawn(folder: Folder): Promise<readonly string[]>;
};

/** Opens the notes of a layout. What is noted never changes, so it is read once. */
export function openBooks(layout: OutboundLayout): Books {
  const { books } = layout;
  const read = new Map<string, { readonly edition: string; readonly sent: Sent }>();
  const place = (sequence: number): string => `${books}/sent/${padded(sequence)}.json`;
  const beginning = `${books}/opened.json`;
  const sentIn = async (folder: Folder): Promise<readonly Sent[]> => {
    const all: Sent[] = [];
    for (const { name, edition } of await folder.list(`${books}/sent`)) {
      if (!/^\d+\.json$/.test(name)) continue;
      const known = read.get(name);
      const sent =
        known?.edition === edition
          ? known.sent
          : SentSchema.parse(JSON.parse(await textOf(folder, `${books}/sent/${name}`)));
      read.set(name, { edition, sent });
      all.push(sent);
    }
    return all.toReversed();
  };
  return {
    sent: sentIn,
    async standing(folder, { file }) {
      if ((await folder.look(`${layout.folder}/${file}`)) !== undefined) return 'lying';
      if ((await folder.look(partOf(layout, file))) !== undefined) return 'unfinished';
      const isWithdrawn = await folder.look(`${books}/withdrawn/${file}`);
      return isWithdrawn === undefined ? 'taken' : 'withdrawn';
    },
    async begin(folder, at) {
      if ((await folder.look(beginning)) !== undefined) return;
      await placeFile(folder, beginning, Buffer.from(`${JSON.stringify({ openedAt: at })}\n`));
    },
    async wholeSince(folder) {
      if ((await folder.look(beginning)) === undefined) return undefined;
      const numbers = (await sentIn(folder)).map(({ sequence }) => sequence);
      if (numbers.some((number, at) => number !== numbers.length - at)) return undefined;
      const { openedAt } = OpenedSchema.parse(JSON.parse(await textOf(folder, beginning)));
      return parseInstant(openedAt);
    },
    async note(folder, sent) {
      await placeFile(folder, place(sent.sequence), Buffer.from(JSON.stringify(sent, null, 2)));
    },
    async undo(folder, { file, sequence }) {
      await folder.remove(place(sequence));
      await folder.remove(partOf(layout, file));
    },
    withdrawn: async (folder) => (await folder.list(`${books}/withdrawn`)).map(({ name }) => name),
  };
}

/** Where a file lies until it is handed over. */
export const partOf = ({ folder }: OutboundLayout, file: string): string =>
  `${folder}/.${file}.part`;

/** Writes a file so that nobody ever sees a part of it. */
export async function placeFile(folder: Folder, path: string, content: Buffer): Promise<void> {
  const cut = path.lastIndexOf('/') + 1;
  const part = `${path.slice(0, cut)}.${path.slice(cut)}.part`;
  await folder.remove(part);
  await folder.put(part, content);
  await folder.rename(part, path);
}

/** A number as file names have it: they sort by it. */
export const padded = (sequence: number): string => String(sequence).padStart(8, '0');

async function textOf(folder: Folder, path: string): Promise<string> {
  const file = await folder.open(path);
  if (file === undefined) throw new Error(`${path} has just vanished`);
  try {
    const bytes = Buffer.alloc(file.size);
    await file.read(bytes, 0, bytes.length, 0);
    return bytes.toString();
  } finally {
    await file.close();
  }
}
