import { route } from '../route.ts';

/** Answers a question in plain words, or says why it cannot. */
export const askQuestion = route({
  name: 'askQuestion',
  summary: 'Answers a question in plain words, or says why it cannot.',
  permission: 'questions:ask',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: ({ body }, { questions }) => questions.ask(body),
});
