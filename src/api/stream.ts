import type { FastifyReply } from 'fastify';
import type { StreamEvent } from '#api-contract';
import type { Services } from './services.ts';

const HEARTBEAT_MS = 20_000;

/** Sends what happens until the browser leaves. A comment now and then keeps proxies awake. */
export function openStream(reply: FastifyReply, services: Services, open: Set<() => void>): void {
  reply.hijack();
  const { raw } = reply;
  const headers = reply.getHeaders();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  const unsubscribe = services.subscribe((event) => raw.write(messageOf(event)));
  const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT_MS);
  const end = (): void => {
    clearInterval(heartbeat);
    unsubscribe();
    open.delete(end);
    raw.end();
  };
  open.add(end);
  raw.on('close', end);
  raw.on('error', end);
}

/** An event as the SSE wire has it. */
export const messageOf = (event: StreamEvent): string =>
  `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
