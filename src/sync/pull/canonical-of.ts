import type { SourceDocument } from '#adapter-kit';
import type { JsonObject } from '#kernel';
import type { DocumentPack } from '../mapping/document-pack.ts';
import { entityPlansOf } from './entity-plan.ts';
import type { EntityMapping } from './entity-plan.ts';

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
  return {
    entityOf: (kind) =>
      plans.find(({ mappings }) => mappings.some((each) => each.kind === kind))?.name,
    canonicalOf: canonicalBy(plans.flatMap(({ mappings }) => mappings)),
  };
}

/** Reads single documents by mappings: the first that makes a record of the kind says what it is. */
export function canonicalBy(mappings: readonly EntityMapping[]): DocumentReader['canonicalOf'] {
  return (kind, document) => {
    for (const mapping of mappings.filter((each) => each.kind === kind)) {
      const mapped = mapping.map(mapping.rowsOf(document));
      if (mapped.kind === 'record') return mapped.record.content;
    }
    return undefined;
  };
}
