import { verifyChain } from '#audit';
import { route } from '../route.ts';

/** Recomputes the audit log's chain and says whether it is whole. */
export const verifyAudit = route({
  name: 'verifyAudit',
  summary: "Recomputes the audit log's chain and says whether it is whole.",
  permission: 'audit:read',
  audit: { none: 'changes nothing' },
  errors: [],
  async handle(_, { database }) {
    const verdict = await verifyChain(database.kysely);
    if (verdict.ok) return verdict;
    return { ...verdict, brokenAt: verdict.brokenAt.toString() };
  },
});
