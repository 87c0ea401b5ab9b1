import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EXPORTS } from '#api-contract';
import type { Json } from '#kernel';
import { csvPrinter } from './csv.ts';
import { ALL_EXPORTS } from './exports.ts';
import type { Cell } from './csv.ts';
import type { Export } from './export.ts';
import { AMOUNTS, headingOf } from './exports/headings.ts';
import { codeOf, keepEvent } from './keep-event.ts';
import type { Call } from './keep-event.ts';
import { findPrincipal, NOBODY, requirePermission } from './principal.ts';
import { callOf } from './register.ts';
import type { Services } from './services.ts';

const Csv = z.string();

/** Puts every list that can be had as CSV on the server. */
export function addDownloads(app: FastifyInstance, services: Services): void {
  for (const each of ALL_EXPORTS) {
    const { path, params, query } = EXPORTS[each.name];
    const schema = {
      operationId: each.name,
      summary: 'The same list as CSV, all pages of it.',
      description: `Permission: ${each.permission}. Kept in the audit log as ${each.audit.around}.`,
      params,
      querystring: query,
      response: { 200: { description: 'The file.', content: { 'text/csv': { schema: Csv } } } },
    };
    app.get(path, { schema, exposeHeadRoute: false }, async (request, reply) => {
      const principal = await findPrincipal(request, services);
      const call = callOf(request, principal ?? NOBODY, services);
      try {
        requirePermission(principal, each.permission);
      } catch (error) {
        if (principal !== undefined) {
          await keepEvent(each.audit, call, 'failed', { details: { code: codeOf(error) } });
        }
        throw error;
      }
      const asked = askedOf(request);
      const pages = each.pages({ params: request.params, query: asked }, services);
      await keepEvent(each.audit, call, 'intended', { details: { query: asked } });
      const begun = await begin(pages, (error) =>
        keepEvent(each.audit, call, 'failed', { details: { code: codeOf(error) } }),
      );
      const file = path.split('/').at(-2) ?? 'export';
      reply.header('content-disposition', `attachment; filename="${file}.csv"`);
      reply.type('text/csv; charset=utf-8');
      return reply.send(Readable.from(linesOf(each, { begun, pages, asked }, call)));
    });
  }
}

type Pages = ReturnType<Export['pages']>;
type Begun = {
  readonly begun: IteratorResult<Cell[][]>;
  readonly pages: Pages;
  readonly asked: Readonly<Record<string, Json>>;
};

/** The first page, while a problem can still be told. */
async function begin(
  pages: Pages,
  keep: (error: unknown) => Promise<void>,
): Promise<IteratorResult<Cell[][]>> {
  try {
    return await pages.next();
  } catch (error) {
    await keep(error);
    throw error;
  }
}

/** The file, a page at a time: its memory does not grow with the list. Keeps how it ended. */
async function* linesOf(
  each: Export,
  { begun, pages, asked }: Begun,
  call: Call,
): AsyncGenerator<string> {
  const spreadsheet = (['en', 'de'] as const).find((one) => one === asked['spreadsheet']);
  const print = csvPrinter(each.header, AMOUNTS, spreadsheet);
  let rows = 0;
  let whole = false;
  try {
    const heads = each.header.map((name) => headingOf(name, spreadsheet));
    yield `\uFEFF${print(heads)}`; // Spreadsheets take it for UTF-8 by this mark.
    for (let page = begun; page.done !== true; page = await pages.next()) {
      rows += page.value.length;
      yield page.value.map(print).join('');
    }
    whole = true;
  } finally {
    await pages.return(undefined); // The reader may have left.
    await keepEvent(each.audit, call, whole ? 'done' : 'failed', { details: { rows } });
  }
}

const askedOf = (request: FastifyRequest): Record<string, Json> =>
  Object.fromEntries(new URL(request.url, 'http://x').searchParams);
