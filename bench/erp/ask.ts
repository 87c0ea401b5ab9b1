import { Agent, request } from 'node:http';

/** A request as somebody at a screen causes it. What is only shown is not read: who asks shares the processors. */
export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly key?: string; // It books once.
  readonly isShown?: true;
};
/** What came back. */
export type Answered = { readonly status: number; readonly body: unknown };

/** Asks one server, over connections that are kept. */
export function asker(address: string, token: string): (asked: Asked) => Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const authorization = `Bearer ${token}`;
  return ({ method, path, body, key, isShown }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      };
      const sent = request(new URL(path, address), { method, agent, headers }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () => {
          const status = reply.statusCode ?? 0;
          const isRead = isShown !== true || status !== 200;
          const said: unknown = isRead ? JSON.parse(Buffer.concat(parts).toString()) : undefined;
          resolve({ status, body: said });
        });
        reply.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(text);
    });
}
