import { route } from '../route.ts';

/** Sets how patient postings to a system are, and who stands in for it while it is away. */
export const setPosting = route({
  name: 'setPosting',
  summary: 'Sets how patient postings to a system are, and who stands in for it while it is away.',
  permission: 'integrations:write',
  audit: { around: 'integrations.changed' },
  errors: ['sync.no-integration', 'postings.invalid-policy', 'main.no-fallback'],
  handle({ params, body, note }, { sources }) {
    note({ details: { posting: body } });
    return sources.setPosting(params.name, body);
  },
});
