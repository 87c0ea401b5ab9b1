import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import { assert } from '#kernel';

/** The headers of every reply, whatever it is: they are the same, so they are made once. */
export function securityHeaders(): readonly (readonly [string, string])[] {
  const reply = new ServerResponse(new IncomingMessage(new Socket()));
  const set = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // Mantine and the charts set styles in place.
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false, // Of whoever ends TLS in front of us.
    referrerPolicy: { policy: 'same-origin' }, // A sign-in link leaks to nobody.
  });
  set(reply.req, reply, (error) => {
    assert(error === undefined, 'its headers depend on no request');
  });
  return Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]);
}
