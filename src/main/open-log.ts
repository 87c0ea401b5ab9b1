import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { FastifyBaseLogger } from 'fastify';

const WAITING_BYTES_MAX = 1_048_576;

/**
 * The log of a data folder: `log/rialto.log`, one JSON object a line, warnings and worse. Where it
 * cannot be written, on a full disk, the work that it tells of goes on: `say` hears of it once, and
 * lines wait for room, a megabyte of them at most.
 */
export function openLog(
  dataDir: string,
  say: (line: string) => void = (line) => console.error(line),
): FastifyBaseLogger {
  const folder = join(dataDir, 'log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dest = join(folder, 'rialto.log');
  const file = pino.destination({ dest, sync: true, maxLength: WAITING_BYTES_MAX });
  let told = false;
  file.on('error', ({ message }: Error) => {
    if (!told) say(`The log cannot be written, and goes on when it can: ${message}`);
    told = true;
  });
  return pino({ level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] }, file);
}
