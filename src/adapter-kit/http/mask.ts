import type { WireRequest, WireResponse } from './wire.ts';

/** Takes secrets out of everything that is shown, logged or thrown. */
export type Mask = {
  headers(headers: Readonly<Record<string, string>>): Record<string, string>;
  url(url: string): string;
  /** A body, or any text: at most so much of it, `BODY_CHARACTERS_MAX` unless told. */
  text(text: string, most?: number): string;
};

/** What is secret beside what always is. */
export type MaskSettings = {
  /** Names of headers, query parameters and fields, in any writing ('tax_id' is 'TaxId'). */
  readonly names?: readonly string[];
  /** The secrets themselves, as they are now: they are masked wherever they stand. */
  readonly secrets?: () => readonly string[];
};

type IsSecret = (name: string) => boolean;

export const MASKED = '***';
export const BODY_CHARACTERS_MAX = 64 * 1024;

const SECRET_NAMES = new Set(['assertion', 'auth', 'passwd', 'pin', 'pwd', 'sid', 'signature']);
const SECRET_PARTS =
  /authorization|cookie|credential|password|passphrase|secret|apikey|privatekey|sessionid|accesskey/;
const SECRET_ENDINGS = /(token|assertion|signature|csrf)$/;
const SECRET_LENGTH_MIN = 4; // A shorter one would mask half of the text.
const REACH = 8192; // How far past the cut a secret may go on.
const NAMES_KEPT_MAX = 5000;
const NAME_KEPT_MAX = 100;
const JSON_TOKEN = /"(?:[^"\\]|\\.)*(?:"|$)|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

/** Makes a mask. Names are compared in lower case without signs between. */
export function createMask({ names = [], secrets = () => [] }: MaskSettings = {}): Mask {
  const isSecret = secretNames(names);
  const known = (text: string): string => withoutSecrets(text, secrets());
  return {
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          isSecret(name) ? MASKED : known(value),
        ]),
      ),
    url: (url) => known(maskUrl(url, isSecret)),
    text: (text, most = BODY_CHARACTERS_MAX) =>
      known(maskBody(text.slice(0, most + REACH), isSecret)).slice(0, most),
  };
}

/** Says of names whether what they name is secret; remembers those it was asked for. */
function secretNames(names: readonly string[]): IsSecret {
  const more = new Set(names.map(normal));
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const plain = normal(name);
    const secret =
      SECRET_NAMES.has(plain) ||
      SECRET_PARTS.test(plain) ||
      SECRET_ENDINGS.test(plain) ||
      more.has(plain);
    if (known.size < NAMES_KEPT_MAX && name.length < NAME_KEPT_MAX) known.set(name, secret);
    return secret;
  };
}

/** The same request without its secrets. */
export const maskRequest = (mask: Mask, request: WireRequest, most?: number): WireRequest => ({
  method: request.method,
  url: mask.url(request.url),
  headers: mask.headers(request.headers),
  ...(request.body === undefined ? {} : { body: mask.text(request.body, most) }),
});

/** The same answer without its secrets. */
export const maskResponse = (mask: Mask, response: WireResponse, most?: number): WireResponse => ({
  status: response.status,
  headers: mask.headers(response.headers),
  body: mask.text(response.body, most),
});

const normal = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** As they are, and as they look in a URL, in JSON text and in a Basic header. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length >= SECRET_LENGTH_MIN)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1), // As a form writes it.
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ])
    .toSorted((a, b) => b.length - a.length);
  let masked = text;
  for (const form of new Set(forms)) masked = masked.replaceAll(form, MASKED);
  return masked;
}

function maskUrl(url: string, isSecret: IsSecret): string {
  const [place = '', ...query] = url.split('?');
  const bare = place.replace(/^(\w+:\/\/)[^/@]*@/, `$1${MASKED}@`);
  return query.length === 0 ? bare : `${bare}?${maskPairs(query.join('?'), isSecret)}`;
}

function maskBody(text: string, isSecret: IsSecret): string {
  const start = /\S/.exec(text)?.[0];
  if (start === '{' || start === '[' || start === '"') {
    return isPlainly(text, isSecret) ? text : maskJson(text, isSecret);
  }
  if (start === '<') return maskXml(text, isSecret);
  return maskPairs(text, isSecret);
}

// No pattern here may look at one character more than a few times: bodies come from outside.
const maskPairs = (text: string, isSecret: IsSecret): string =>
  text.replaceAll(/[^&\s;?]+/g, (pair) => {
    const [name = '', ...value] = pair.split('=');
    return value.length > 0 && isSecret(decoded(name)) ? `${name}=${MASKED}` : pair;
  });

const maskXml = (text: string, isSecret: IsSecret): string =>
  text
    .replaceAll(/<([\w:.-]+)(\s[^<>]*)?>([^<]*)/g, (part, tag: string, attributes = '') =>
      isSecret(tag.replace(/^.*:/, '')) ? `<${tag}${String(attributes)}>${MASKED}` : part,
    )
    .replaceAll(/(?<![\w:.-])([\w:.-]+)=("[^"]*"?|'[^']*'?)/g, (part, name: string) =>
      isSecret(name.replace(/^.*:/, '')) ? `${name}="${MASKED}"` : part,
    );

/** Whether plain JSON names no secret: quicker than walking it, and the usual case. */
function isPlainly(text: string, isSecret: IsSecret): boolean {
  // An escape may hide a name or hold JSON; a space before a colon hides where the name ends.
  if (text.includes('\\') || /"\s+:/.test(text)) return false;
  for (let colon = text.indexOf('":'); colon >= 0; colon = text.indexOf('":', colon + 2)) {
    if (isSecret(text.slice(text.lastIndexOf('"', colon - 1) + 1, colon))) return false;
  }
  return true;
}

/** Walks the tokens, so that it also masks inside a text that is cut or is not quite JSON. */
function maskJson(text: string, isSecret: IsSecret): string {
  let depth = 0;
  let before = '';
  let maskingAt: number | undefined; // The depth at which a secret's value began.
  return text.replaceAll(JSON_TOKEN, (token, offset: number) => {
    const last = before;
    before = token;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (maskingAt !== undefined && depth <= maskingAt && /^[,}\]]$/.test(token)) {
      if (depth < maskingAt || token === ',') maskingAt = undefined;
      return token;
    }
    if (token === ':') {
      if (maskingAt === undefined && isSecret(plainKey(last))) maskingAt = depth;
      return token;
    }
    if (/^[{}[\],]$/.test(token)) return token;
    if (maskingAt === undefined) return maskEmbedded(token, isSecret);
    const isKey = /^\s*:/.test(text.slice(offset + token.length, offset + token.length + 20));
    return isKey ? token : `"${MASKED}"`;
  });
}

/** JSON may hold JSON as text. */
function maskEmbedded(token: string, isSecret: IsSecret): string {
  const inner = plainKey(token);
  return inner !== token && /^\s*[{[]/.test(inner)
    ? JSON.stringify(maskJson(inner, isSecret))
    : token;
}

function plainKey(token: string): string {
  try {
    const key: unknown = JSON.parse(token);
    return typeof key === 'string' ? key : token;
  } catch {
    return token;
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
