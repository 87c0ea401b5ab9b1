import { database } from './database.ts';
import { embedded } from './embedded.ts';
import { file } from './file.ts';
import { http } from './http.ts';
import type { Registration } from './registration.ts';
import { tryton } from './tryton.ts';

/** Every adapter there is. A new one is its folder under `adapters/`, a file here, and a line. */
export const ALL_ADAPTERS: readonly Registration[] = [database, embedded, file, http, tryton];
