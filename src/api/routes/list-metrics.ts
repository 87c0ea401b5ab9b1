import { route } from '../route.ts';

/** Lists everything that can be asked. */
export const listMetrics = route({
  name: 'listMetrics',
  summary: 'Lists everything that can be asked: metrics and what they can be split by.',
  permission: 'metrics:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: (_, { questions }) => Promise.resolve(questions.catalogue()),
});
