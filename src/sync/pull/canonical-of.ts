import type { SourceDocument } from '#adapter-kit';
import type { JsonObject } from '#kernel';
import type { DocumentPack } from '../mapping/document-pack.ts';
import { entityPlansOf } from './entity-plan.ts';

/** How documents of a source are read, outside of a run. */
export type DocumentReader = {
  /** What the source calls the documents of a kind; undefined: the mapping has none. */
  readonly entityOf: (kind: string) => string | undefined;
  /** A document as canonical content; undefined: it is no record of the kind, or has a problem. */
  readonly canonicalOf: (kind: string, document: SourceDocument) => JsonObject | undefined;
};

/** Compiles a pack into a reader of single documents. */
export function documentReader(pack: DocumentPack): DocumentReader {
  const plans = entityPlansOf(pack);
  const ofKind = (kind: string) =>
    plans.flatMap(({ name, mappings }) =>
      mappings.filter((mapping) => mapping.kind === kind).map((mapping) => ({ name, mapping })),
    );
  return {
    entityOf: (kind) => ofKind(kind)[0]?.name,
    canonicalOf(kind, document) {
      for (const { mapping } of ofKind(kind)) {
        const mapped = mapping.map(mapping.rowsOf(document));
        if (mapped.kind === 'record') return mapped.record.content;
      }
      return undefined;
    },
  };
}
