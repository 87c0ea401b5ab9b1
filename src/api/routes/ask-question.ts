import { route } from '../route.ts';

/** Answers a question in plain words, or says why it cannot. */
export const askQuestion = route({
  name: 'askQuestion',
  summary: 'Answers a question in plain words, or says why it cannot.',
  permission: 'questions:ask',
  audit: { after: 'questions.asked' },
  errors: [],
  async handle({ body, note }, { questions }) {
    note({ details: { question: body.question } });
    const answer = await questions.ask(body);
    note({ details: { status: answer.status } });
    return answer;
  },
});
