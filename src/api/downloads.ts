import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EXPORTS } from '#api-contract';
import type { Json } from '#kernel';
import { csvLine } from './csv.ts';
import { ALL_EXPORTS } from './exports.ts';
import type { Export } from './exports.ts';
import { keepEvent } from './keep-event.ts';
import type { Call } from './keep-event.ts';
import { findPrincipal, NOBODY, requirePermission } from './principal.ts';
import { callOf } from './register.ts';
import type { Services } from './services.ts';

/** Puts every list that can be had as CSV on the server. */
export function addDownloads(app: FastifyInstance, services: Services): void {
  for (const each of ALL_EXPORTS) {
    const { path, query } = EXPORTS[each.name];
    const schema = {
      operationId: each.name,
      summary: 'The same list as CSV, all pages of it.',
      description: `Permission: ${each.permission}. Kept in the audit log as ${each.audit.around}.`,
      querystring: query,
    };
    app.get(path, { schema, exposeHeadRoute: false }, async (request, reply) => {
      const principal = await findPrincipal(request, services);
      const call = callOf(request, principal ?? NOBODY, services);
      try {
        requirePermission(principal, each.permission);
      } catch (error) {
        if (principal !== undefined) {
          await keepEvent(each.audit, call, 'failed', { details: { code: 'api.not-allowed' } });
        }
        throw error;
      }
      const asked = askedOf(request);
      const pages = await each.pages(services.database.kysely, asked);
      await keepEvent(each.audit, call, 'intended', { details: { query: asked } });
      const file = path.split('/').at(-2) ?? 'export';
      reply.header('content-disposition', `attachment; filename="${file}.csv"`);
      reply.type('text/csv; charset=utf-8');
      return reply.send(Readable.from(linesOf(each, pages, call)));
    });
  }
}

/** The file, a page at a time: its memory does not grow with the list. Keeps how it ended. */
async function* linesOf(
  each: Export,
  pages: AsyncIterable<readonly Parameters<typeof csvLine>[0][]>,
  call: Call,
): AsyncGenerator<string> {
  let rows = 0;
  let whole = false;
  try {
    yield `\uFEFF${csvLine(each.header)}`; // Spreadsheets take it for UTF-8 by this mark.
    for await (const page of pages) {
      rows += page.length;
      yield page.map(csvLine).join('');
    }
    whole = true;
  } finally {
    await keepEvent(each.audit, call, whole ? 'done' : 'failed', { details: { rows } });
  }
}

const askedOf = (request: FastifyRequest): Record<string, Json> =>
  Object.fromEntries(new URL(request.url, 'http://x').searchParams);
