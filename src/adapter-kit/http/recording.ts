import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { kitError } from '../errors.ts';
import { createMask, maskRequest, maskResponse } from './mask.ts';
import type { MaskSettings } from './mask.ts';
import { TransportFailure } from './wire.ts';
import type { Transport, WireRequest, WireResponse } from './wire.ts';

const HeadersSchema = z.record(z.string(), z.string());
const RecordedSchema = z.strictObject({
  request: z.strictObject({
    method: z.string(),
    path: z.string(), // With its query, without its host: a replay stands elsewhere.
    body: z.string().optional(),
  }),
  response: z
    .strictObject({ status: z.int(), headers: HeadersSchema, body: z.string() })
    .optional(),
  failure: z
    .strictObject({ reach: z.enum(['not-sent', 'uncertain', 'unreadable']), reason: z.string() })
    .optional(),
});
const RecordingSchema = z.strictObject({ exchanges: z.array(RecordedSchema) });

type Recorded = z.infer<typeof RecordedSchema>;

/** Passes requests on and keeps what went over the wire, secrets masked, to write it to a file. */
export function recordingTransport(
  inner: Transport,
  secrets: MaskSettings = {},
): Transport & { save(file: string): Promise<void> } {
  const mask = createMask(secrets);
  const exchanges: Recorded[] = [];
  const carry: Transport = async (request, stop) => {
    const asked = askedOf(request, secrets);
    try {
      const response = await inner(request, stop);
      exchanges.push({ request: asked, response: maskResponse(mask, response, Infinity) });
      return response;
    } catch (error) {
      if (error instanceof TransportFailure && error.reach !== 'refused') {
        const { reach, message } = error;
        exchanges.push({ request: asked, failure: { reach, reason: mask.text(message) } });
      }
      throw error;
    }
  };
  return Object.assign(carry, {
    save: async (file: string) =>
      await writeFile(file, `${JSON.stringify({ exchanges }, null, 2)}\n`, 'utf8'),
  });
}

/**
 * Answers from a recording: equal requests get their answers in the order they came. A request that
 * was not recorded, or once more often, is an error. `rest` tells what was not asked for.
 */
export async function replayingTransport(
  file: string,
  secrets: MaskSettings = {},
): Promise<Transport & { rest(): readonly string[] }> {
  const { exchanges } = RecordingSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const left = [...exchanges];
  const answer = (request: WireRequest): WireResponse => {
    const asked = JSON.stringify(askedOf(request, secrets));
    const at = left.findIndex((one) => JSON.stringify(one.request) === asked);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found?.failure !== undefined) {
      throw new TransportFailure(found.failure.reach, found.failure.reason);
    }
    if (found?.response === undefined) {
      throw kitError('bug', 'adapter-kit.not-recorded', `replaying ${asked.slice(0, 500)}`, {
        remedy: 'Record again, or see why another request is made.',
      });
    }
    return found.response;
  };
  const carry: Transport = async (request) => await Promise.resolve(request).then(answer);
  return Object.assign(carry, {
    rest: () => left.map(({ request }) => `${request.method} ${request.path}`),
  });
}

/** What makes two requests equal. Headers differ by time and client, and are left out. */
function askedOf(request: WireRequest, secrets: MaskSettings): Recorded['request'] {
  const { method, url, body } = maskRequest(createMask(secrets), request, Infinity);
  const path = url.replace(/^\w+:\/\/[^/?]*/, '');
  return { method, path: path === '' ? '/' : path, ...(body === undefined ? {} : { body }) };
}
