import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as administration from './administration.ts';
import * as answers from './answers.ts';
import * as company from './company.ts';
import * as conflicts from './conflicts.ts';
import * as connections from './connections.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** What a test wants the invented server to do. */
export type Behaviour = 'ready' | 'empty' | 'failed' | 'loading' | 'signed-out' | 'running';

const pageOf = (items: readonly unknown[]) => ({
  items,
  total: items.length,
  page: 1,
  pageSize: 50,
});

const matching = (search: string | null, rows: readonly { number: string }[]) =>
  rows.filter((row) =>
    JSON.stringify(row)
      .toLowerCase()
      .includes((search ?? '').toLowerCase()),
  );

/** The ERP is held, the sample is well: the worst first, or by what the address asks for. */
function integrationsFor(search: URLSearchParams) {
  const { items } = company.INTEGRATIONS;
  const standing = search.get('standing');
  const isWanted = (name: string): boolean =>
    standing === null || standing === (name === 'erp' ? 'held' : 'good');
  const ordered = search.get('sort') === 'standing' ? items.toReversed() : items;
  return pageOf(ordered.filter(({ name }) => isWanted(name)));
}

/** The answer to a question of the tests: the kind is in the words. */
export function answerTo(question: string) {
  if (question.includes('value')) return answers.CLARIFY;
  if (question.includes('weather')) return answers.UNSUPPORTED;
  if (question.includes('how many')) return answers.NUMBER;
  if (/quarter|month|Quartal/.test(question)) return answers.TREND;
  return answers.ANSWERED;
}

const DETAILS: Readonly<Record<string, unknown>> = {
  suppliers: company.SUPPLIER,
  items: company.ITEM,
  'purchase-orders': company.ORDER,
  runs: company.RUNS.items[0],
  integrations: connections.DETAIL,
  conflicts: conflicts.CONFLICT,
};

/** The reply to a route as recorded; undefined where there is none. */
export function replyTo(path: string, search: URLSearchParams, behaviour: Behaviour): unknown {
  const list = (rows: readonly { number: string }[]) =>
    pageOf(behaviour === 'empty' ? [] : matching(search.get('search'), rows));
  const [, , noun = '', id, more] = path.split('/');
  if (id !== undefined && more === undefined && noun in DETAILS) return DETAILS[noun];
  switch (path) {
    case '/v1/session':
      return company.SESSION;
    case '/v1/overview':
      return behaviour === 'running' ? company.OVERVIEW_OF_SAMPLE : company.OVERVIEW;
    case '/v1/living-company':
      return company.LIVING_COMPANY;
    case '/v1/metrics':
      return company.CATALOGUE;
    case '/v1/question-suggestions':
      return company.SUGGESTIONS;
    case '/v1/suppliers':
      return list(company.SUPPLIERS);
    case '/v1/items':
      return list(company.ITEMS);
    case '/v1/purchase-orders':
      return list(company.ORDERS);
    case '/v1/integrations':
      return behaviour === 'empty' ? pageOf([]) : integrationsFor(search);
    case '/v1/runs':
      if (behaviour === 'empty') return pageOf([]);
      if (search.get('integration') === 'erp') return connections.RUNS;
      return behaviour === 'running' ? company.RUNNING_RUNS : company.RUNS;
    case '/v1/people/names':
      return administration.NAMES;
    case '/v1/people':
      return administration.PEOPLE;
    case '/v1/roles':
      return administration.ROLES;
    case '/v1/audit-events':
      return administration.EVENTS;
    case '/v1/audit/verify':
      return administration.VERDICT;
    case '/v1/warehouse/rebuilds/last':
      return administration.REBUILT;
    case '/v1/quarantine':
      return behaviour === 'empty' ? pageOf([]) : company.QUARANTINE;
    default:
      return path.endsWith('/changes')
        ? company.CHANGES
        : replyOfConnections(path, behaviour === 'empty');
  }
}

/** The reply to a route about connections and what is written to them. */
function replyOfConnections(path: string, empty: boolean): unknown {
  const [, , noun, id = '', more] = path.split('/');
  if (noun === 'transactions' && id !== '') return connections.detailOf(id);
  if (noun === 'shipped-mappings') return connections.SHIPPED_MAPPING;
  if (noun === 'runs' && more === 'exchanges') return connections.EXCHANGES;
  switch (path.replace(/(?<=^\/v1\/integrations\/)[^/]+/, ':name')) {
    case '/v1/adapters':
      return connections.ADAPTERS;
    case '/v1/transactions':
      return empty ? pageOf([]) : connections.TRANSACTIONS;
    case '/v1/dead-letters':
      return empty ? pageOf([]) : connections.DEAD_LETTERS;
    case '/v1/batches':
      return empty ? pageOf([]) : connections.BATCHES;
    case '/v1/schedules':
      return empty ? pageOf([]) : connections.SCHEDULES;
    case '/v1/conflicts':
      return empty ? pageOf([]) : conflicts.CONFLICTS;
    case '/v1/integrations/:name/conflict-rules':
      return conflicts.RULES;
    case '/v1/integrations/:name/conflict-rules/purchase-order/versions':
      return conflicts.RULE_VERSIONS;
    case '/v1/drift':
      return empty ? pageOf([]) : connections.DRIFT;
    case '/v1/integrations/:name/health':
      return id === 'erp' ? connections.HEALTH : connections.GOOD_HEALTH;
    case '/v1/integrations/:name/schedule':
      return connections.SCHEDULE;
    case '/v1/integrations/:name/mappings':
      return connections.VERSIONS;
    case '/v1/integrations/:name/mappings/2/differences':
      return connections.DIFFERENCES;
    default:
      return path.includes('/mappings/') ? connections.MAPPING : undefined;
  }
}

/** What comes back from a change; the number of a problem where it is refused. */
function replyToChange(path: string, body: string): unknown {
  if (body.includes('"faster"')) return 409; // A test says that someone else was.
  if (path.endsWith('/test')) return connections.CHECKS;
  if (path.endsWith('/dry-run')) return connections.TRIED;
  if (path.endsWith('/mappings')) return { version: 3 };
  if (path.endsWith('/rollback')) return connections.ROLLBACK;
  if (path === '/v1/dead-letters/retry') return { retried: 1 };
  if (path.startsWith('/v1/dead-letters/')) return connections.DEAD;
  if (path === '/v1/integrations') {
    const [integration] = company.INTEGRATIONS.items;
    return { integration: { ...integration, name: 'erp' }, retiredSample: false };
  }
  return path.endsWith('/password') ? company.SESSION : { ok: true };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const problem = (status: number, title: string) => ({
  type: 'about:blank',
  title,
  status,
  detail: 'The warehouse did not answer within 30 seconds. Try again in a minute.',
  code: 'api.failed',
  kind: 'unavailable',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
});

async function sendFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const file = extname(path) === '' ? 'index.html' : path;
  try {
    const body = await readFile(join(folder, file));
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const part of request) text += part.toString();
  return text;
}

const question = (body: string): string => {
  const sent: unknown = JSON.parse(body);
  const text: unknown =
    typeof sent === 'object' && sent !== null ? Reflect.get(sent, 'question') : '';
  return String(text);
};

/** Serves the pages built into a folder and recorded replies, behaving as told. */
export async function serveFixture(folder: string) {
  let behaviour: Behaviour = 'ready';
  let stream: ServerResponse | undefined;
  const changes: { readonly route: string; readonly body: unknown }[] = [];
  const listening = async (): Promise<ServerResponse> => {
    if (stream !== undefined) return stream;
    await pause(20);
    return listening();
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const answer = async (): Promise<void> => {
      if (!pathname.startsWith('/v1/')) return sendFile(response, folder, pathname);
      if (pathname === '/v1/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        stream = response;
        response.on('close', () => {
          if (stream === response) stream = undefined;
        });
        return undefined;
      }
      const shell = ['/v1/session', '/v1/overview'].includes(pathname);
      if (behaviour === 'signed-out') return sendJson(response, 401, problem(401, 'Sign in first'));
      if (behaviour === 'loading' && !shell) return undefined;
      if (behaviour === 'failed' && !shell)
        return sendJson(response, 500, problem(500, 'The list could not be read'));
      if (pathname === '/v1/questions')
        return sendJson(response, 200, answerTo(question(await bodyOf(request))));
      if (request.method !== 'GET') {
        const body = await bodyOf(request);
        changes.push({ route: `${request.method} ${pathname}`, body: JSON.parse(body || '{}') });
        const done = replyToChange(pathname, body);
        return done === 409
          ? sendJson(response, 409, problem(409, 'Another version is in force'))
          : sendJson(response, 200, done);
      }
      if (pathname.endsWith('/dry-run')) {
        const tried = changes.some(({ route }) => route === `POST ${pathname}`);
        return sendJson(response, 200, { last: tried ? connections.TRIED : null });
      }
      const reply = replyTo(pathname, searchParams, behaviour);
      return reply === undefined
        ? sendJson(response, 404, problem(404, 'No such record'))
        : sendJson(response, 200, reply);
    };
    void answer();
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    behave: (next: Behaviour): void => {
      behaviour = next;
    },
    /** What the pages have asked to change since this was asked last. */
    changes: () => changes.splice(0),
    /** Tells the page that listens, once it does. */
    tell: async (kind: string, event: unknown): Promise<void> => {
      const listener = await listening();
      listener.write(`event: ${kind}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
}
