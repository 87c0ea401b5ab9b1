import { z } from 'zod';

/** A name inside the folder: no way up, no drive, no root. */
export const FileSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (file) => !/^[/\\]|^[A-Za-z]:|\0/.test(file) && !file.split(/[/\\]/).includes('..'),
    'must lie inside the folder',
  );
