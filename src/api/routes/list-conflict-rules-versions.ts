import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists the versions of the rules of a kind, newest first. */
export const listConflictRulesVersions = route({
  name: 'listConflictRulesVersions',
  summary: 'Lists the versions of the rules of a kind, newest first.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.bad-rules', 'sync.no-integration'],
  async handle({ params, query }, { conflicts }) {
    const { page, pageSize, offset } = pageRequest(query);
    const all = await conflicts.rulesVersions(params.name, params.kind);
    const words = (query.search ?? '').toLowerCase();
    const found = all.filter(({ author, note }) =>
      `${author} ${note ?? ''}`.toLowerCase().includes(words),
    );
    return {
      items: found.slice(offset, offset + pageSize),
      total: found.length,
      page,
      pageSize,
    };
  },
});
