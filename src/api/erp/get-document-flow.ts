import { documentFlow } from '#erp/company';
import { route } from '../route.ts';

/** Shows what a document came of and what came of it. */
export const getDocumentFlow = route({
  name: 'getDocumentFlow',
  summary: 'Shows what a document came of, and what came of it, as links.',
  permission: 'company:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async ({ params: { kind, id } }, { database }) => ({
    links: await documentFlow(database.kysely, kind, id),
  }),
});
