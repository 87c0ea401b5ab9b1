import type { JsonObject } from '#kernel';
import type { GateDocument } from '../gate.ts';

/** A document of the ERP as JSON, without what it leaves empty. */
export const plain = (document: object): JsonObject =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON prints of an object.
  JSON.parse(
    JSON.stringify(document, (_, value: unknown) => (value === null ? undefined : value)),
  ) as JsonObject;

/** A document under its own id. */
export const documentOf = (
  { id, version }: { readonly id: string; readonly version?: number },
  content: object,
): GateDocument => ({
  key: id,
  ...(version === undefined ? {} : { version: String(version) }),
  content: plain(content),
});
