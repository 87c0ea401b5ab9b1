import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { MatchPart } from './match.ts';

/** A match as it stands. */
export type Match = {
  readonly id: string;
  readonly legalEntity: string;
  readonly line: string;
  readonly matchedOn: LocalDate;
  readonly differenceEntry: string | null;
  readonly createdBy: string;
  readonly undoneOn: LocalDate | null;
  readonly undoneBy: string | null;
  readonly parts: readonly {
    readonly kind: MatchPart['kind'];
    readonly amount: Decimal;
    readonly entry: string; // Posted for it, or found there.
    readonly document: string | null; // The payment that was posted.
    readonly documentNumber: string | null;
  }[];
};

/** Matches by id, those that were taken back too. */
export async function findMatches(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Match>> {
  const found = await rows<Match>(
    handle,
    sql`select m.id, a.legal_entity as "legalEntity", m.line_id as line,
        m.matched_on as "matchedOn", m.difference_entry as "differenceEntry",
        m.created_by as "createdBy", m.undone_on as "undoneOn", m.undone_by as "undoneBy",
        (select jsonb_agg(jsonb_build_object('kind', p.kind, 'amount', p.amount::text,
            'entry', p.entry_id, 'document', p.document_id, 'documentNumber', p.document_number)
            order by p.number)
          from erp_banking.match_part p where p.match_id = m.id) as parts
      from erp_banking.match m
      join erp_banking.statement_line l on l.id = m.line_id
      join erp_banking.own_account a on a.id = l.own_account_id
      where m.id = any(${[...new Set(ids)]})`,
  );
  return new Map(found.map((match) => [match.id, match]));
}
