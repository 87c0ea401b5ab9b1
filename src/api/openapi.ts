import type { SwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '#api-contract';
import { assert } from '#kernel';

const ABOUT =
  'Every failure is a problem document (RFC 9457) with a stable code, what helps, and a trace id. ' +
  'Amounts and quantities are decimal text, never floats.';

/** Who may call: `security: []` at a route says that anyone may. */
export const BY_ANYONE = [];

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of server.json in the data folder, for programs on this machine.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'rialto',
    description: "A person's session; behind https the cookie is called __Host-rialto.",
  },
} as const;

/** How the OpenAPI document is made: each route's schemas, who may call, and how every call may fail. */
export function openApiOptions(version: string): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rialto', version, description: ABOUT },
      components: {
        securitySchemes: SECURITY_SCHEMES,
        responses: {
          Problem: {
            description: 'It failed: `kind` says what to do, `code` what happened.',
            content: {
              'application/problem+json': { schema: { $ref: problemPointer() } },
            },
          },
        },
      },
      security: [{ bearer: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject(document) {
      const whole = jsonSchemaTransformObject(document);
      for (const item of Object.values<unknown>(whole.paths ?? {}).filter(isObject)) {
        for (const operation of Object.values(item).filter(isObject)) {
          const { responses } = operation;
          operation['responses'] = { ...(isObject(responses) ? responses : {}), ...FAILED };
        }
      }
      return whole;
    },
  };
}

const FAILED = { default: { $ref: '#/components/responses/Problem' } };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Where the document has the schema of every failure. */
function problemPointer(): string {
  const { id } = z.globalRegistry.get(Problem) ?? {};
  assert(id !== undefined, 'the contract names its problem document');
  return `#/components/schemas/${id}`;
}
