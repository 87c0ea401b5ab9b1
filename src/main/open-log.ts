import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { FastifyBaseLogger } from 'fastify';

/** The log of a data folder: `log/rialto.log`, one JSON object a line, warnings and worse. */
export function openLog(dataDir: string): FastifyBaseLogger {
  const folder = join(dataDir, 'log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = pino.destination({ dest: join(folder, 'rialto.log'), sync: true });
  return pino({ level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] }, file);
}
