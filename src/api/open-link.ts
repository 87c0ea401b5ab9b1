import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { openSession, useSignInLink } from '#access';
import { notSignedIn } from './errors.ts';
import { audited } from './keep-event.ts';
import { cookieOf, NOBODY } from './principal.ts';
import { callOf, SIGN_INS_PER_MINUTE } from './register.ts';
import type { Services } from './services.ts';

const SignIn = z.object({ token: z.string().max(200) });
const RATE = { max: SIGN_INS_PER_MINUTE, timeWindow: 60_000 };

/** Serves GET /sign-in: a one-time link becomes a session, and the browser goes home. */
export function addSignInLink(app: FastifyInstance, services: Services): void {
  const { clock } = services;
  const options = { schema: { hide: true }, config: { rateLimit: RATE }, exposeHeadRoute: false };
  app.get('/sign-in', options, async (request, reply) => {
    const { success, data } = SignIn.safeParse(request.query);
    const asksHtml = (request.headers.accept ?? '').includes('text/html');
    if (!success && asksHtml) return reply.redirect('/', 303); // The page there says how to sign in.
    const cookie = cookieOf(request, reply, services);
    const call = callOf(request, NOBODY, services);
    try {
      const { token, session } = await audited({ within: 'sessions.opened' }, call, (keeper) => {
        keeper.note({ details: { by: 'link', address: request.ip } });
        return keeper.change(async (transaction) => {
          if (!success) throw notSignedIn();
          const person = await useSignInLink(transaction, clock, data.token);
          if (person === undefined) throw notSignedIn();
          keeper.note({ actor: person.id, subject: person.id });
          return openSession(transaction, clock, person, cookie.token);
        });
      });
      cookie.set(token, session.expiresAt);
      return await reply.redirect('/', 303);
    } catch (error) {
      request.log.info({ traceId: request.id }, 'api.link-refused');
      if (error instanceof Error && 'kind' in error && error.kind === 'unauthenticated') {
        return asksHtml ? await reply.redirect('/?link=used', 303) : usedUp(reply);
      }
      throw error;
    }
  });
}

function usedUp(reply: FastifyReply): FastifyReply {
  const { remedy = '' } = notSignedIn();
  const text = `This link was used already, or is older than half an hour.\n${remedy}\n`;
  return reply.code(401).type('text/plain; charset=utf-8').send(text);
}
