import { verifyChain } from '#audit';
import { route } from '../route.ts';

/** Recomputes the audit log's chain and says whether it is whole. */
export const verifyAudit = route({
  name: 'verifyAudit',
  summary: "Recomputes the audit log's chain and says whether it is whole.",
  permission: 'audit:read',
  audit: { none: 'changes nothing' },
  errors: [],
  async handle({ query: { position, hash } }, { database }) {
    const noted =
      position === undefined || hash === undefined
        ? undefined
        : { position: BigInt(position), hash };
    const verdict = await verifyChain(database.kysely, noted);
    if (verdict.ok) return verdict;
    return { ...verdict, brokenAt: verdict.brokenAt.toString() };
  },
});
