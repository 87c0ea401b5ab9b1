import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { mainError } from '../errors.ts';

/** Reads a JSON document from a file, or from standard input for `-`. */
export function readJson(path: string): z.infer<ReturnType<typeof z.json>> {
  try {
    return z.json().parse(JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')));
  } catch (cause) {
    throw mainError('invalid', 'main.bad-setting', `reading ${path}`, {
      cause,
      remedy: 'It has to be there and hold JSON.',
    });
  }
}
