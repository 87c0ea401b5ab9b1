import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeError } from '#kernel';
import type { JsonObject } from '#kernel';
import { systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { answerApi, refusalAnswer } from './answer.ts';
import type { Answer, Call, Erp } from './answer.ts';
import { Books } from './books.ts';
import { makeCompany } from './company.ts';
import type { CompanySize } from './company.ts';
import { answerControl } from './control.ts';
import type { Collection, ErpDocument } from './document.ts';
import type { Faults } from './faults.ts';
import { openLedger } from './ledger.ts';
import type { Booking } from './ledger.ts';
import { seededRandom } from './random.ts';
import { Refusal } from './refusal.ts';
import { openTokens } from './tokens.ts';

/** A running ERP. */
export type HostileErp = {
  readonly url: string;
  setFaults(faults: Faults): void;
  /** What was really booked, in order. */
  bookings(): readonly Booking[];
  documents(collection: Collection): readonly ErpDocument[];
  edit(collection: Collection, id: string, fields: JsonObject): void;
  expireTokens(): void;
  /** Refuses connections until `comeBack`. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
};

type Options = CompanySize & {
  readonly ledger: string; // A file; made when missing.
  readonly seed?: number;
  readonly port?: number; // 0: any free one.
  readonly faults?: Faults;
  readonly clock?: Clock;
};

/** Starts the ERP on 127.0.0.1, with what its ledger says was booked before. */
export async function startHostileErp(options: Options): Promise<HostileErp> {
  const { seed = 1, clock = systemClock } = options;
  const ledger = openLedger(options.ledger);
  const books = new Books({ company: makeCompany(seed, options), ledger, clock });
  const erp: Erp = {
    books,
    tokens: openTokens(clock),
    random: seededRandom(seed + ledger.bookings.length),
    faults: options.faults ?? {},
    inFlight: 0,
  };
  const server = createServer((request, reply) => void serve(request, reply));
  server.keepAliveTimeout = 30_000;
  let port = options.port ?? 0;

  async function serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    erp.inFlight += 1;
    const answer = await answered(request).catch(failed);
    erp.inFlight -= 1;
    if (answer === 'cut') {
      request.socket.destroy();
      return;
    }
    const headers = { 'content-type': 'application/json', ...answer.headers };
    reply.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
  }
  async function answered(request: IncomingMessage): Promise<Answer> {
    const call = await readCall(request, port);
    if (!call.url.pathname.startsWith('/control/')) return answerApi(erp, call);
    return answerControl({ erp, bookings: ledger.bookings, goDown }, call);
  }
  function goDown(forMs: number): void {
    setTimeout(() => {
      void close().then(() => setTimeout(() => void open(), forMs));
    }, 5); // The answer to this call goes out first.
  }
  function open(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address !== null) port = address.port;
        server.off('error', reject);
        resolve();
      });
    });
  }
  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    setFaults(faults) {
      erp.faults = faults;
    },
    bookings: () => ledger.bookings,
    documents: (collection) => books.all(collection),
    edit: (collection, id, fields) => void books.edit(collection, id, fields),
    expireTokens: () => erp.tokens.expireAll(),
    goDown: close,
    comeBack: open,
    async stop() {
      await close();
      ledger.close();
    },
  };
}

async function readCall(request: IncomingMessage, port: number): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    if (chunk instanceof Buffer) chunks.push(chunk);
  }
  const { method = 'GET', headers } = request;
  const origin = `http://${headers.host ?? `127.0.0.1:${port}`}`;
  const url = new URL(request.url ?? '/', origin);
  return { method, url, headers, body: Buffer.concat(chunks).toString() };
}

function failed(error: unknown): Answer {
  if (error instanceof Refusal) return refusalAnswer(error);
  const message = describeError(error);
  return { status: 500, body: { error: { code: 'INTERNAL', message } } };
}
