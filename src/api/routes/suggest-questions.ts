import { route } from '../route.ts';

/** Proposes questions that begin like the text. */
export const suggestQuestions = route({
  name: 'suggestQuestions',
  summary: 'Proposes questions that begin like the text.',
  permission: 'questions:ask',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async ({ query }, { questions }) => ({
    items: [...(await questions.suggest(query.text, query.locale))],
  }),
});
