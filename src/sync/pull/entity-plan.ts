import { RECORD_KINDS } from '#canonical';
import type { RecordKind } from '#canonical';
import { hashOf } from '../hash-of.ts';
import { documentPlanOf } from '../mapping/document-pack.ts';
import type { DocumentPack, DocumentPlan } from '../mapping/document-pack.ts';
import { compileMapping } from '../mapping/map-document.ts';
import type { MapDocument } from '../mapping/map-document.ts';

/** One mapping of an entity's documents, ready to run. */
export type EntityMapping = DocumentPlan & {
  readonly name: string;
  readonly kind: RecordKind;
  readonly map: MapDocument;
};

/** An entity of a source with everything that is made of it. */
export type EntityPlan = {
  readonly name: string;
  readonly print: string; // Of its mappings: with another print, its documents are mapped anew.
  readonly mappings: readonly EntityMapping[];
};

/** A pack's entities in the order in which they are to be read. */
export function entityPlansOf(pack: DocumentPack): readonly EntityPlan[] {
  const entities = [...new Set(pack.mappings.map(({ from }) => from))];
  const plans = entities.map((name) => {
    const own = pack.mappings.filter(({ from }) => from === name);
    const mappings = own.map((mapping) => {
      const laidOut = documentPlanOf(mapping);
      const { kind, name: called = kind } = mapping;
      return { ...laidOut, kind, name: called, map: compileMapping(laidOut.plan) };
    });
    return { name, print: hashOf(own), mappings };
  });
  return plans.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** An entity waits for everything that one of its kinds may point at. */
function rankOf({ mappings }: EntityPlan): number {
  return Math.max(...mappings.map(({ kind }) => RECORD_KINDS.indexOf(kind)));
}
