import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY_CHARACTERS_MAX, createMask } from './mask.ts';

const mask = createMask({ names: ['tax_id', 'X-Plant-Code'], secrets: () => ['s3cr3t/va+lue'] });

test('headers that carry a secret are masked by name, in any writing', () => {
  expect(
    mask.headers({
      authorization: 'Bearer abc',
      'set-cookie': 'sid=abc',
      'X-Api-Key': 'abc',
      'x-plant-code': 'abc',
      accept: 'application/json',
    }),
  ).toEqual({
    authorization: '***',
    'set-cookie': '***',
    'X-Api-Key': '***',
    'x-plant-code': '***',
    accept: 'application/json',
  });
});

test('a URL loses its password, its secret parameters and every known secret', () => {
  expect(mask.url('https://u:p@erp.test/a?api_key=abc&limit=5&access_token=x')).toBe(
    'https://***@erp.test/a?api_key=***&limit=5&access_token=***',
  );
  expect(mask.url('https://erp.test/s3cr3t%2Fva%2Blue/x')).toBe('https://erp.test/***/x');
});

test('JSON loses whole values under a secret name, however deep', () => {
  const body = JSON.stringify({
    user: 'ann',
    password: 'p"w',
    nested: { clientSecret: { old: 'a', list: ['b', 7] }, tax_id: 12, note: 'kept' },
    after: 'kept',
  });
  expect(mask.text(body)).toBe(
    '{"user":"ann","password":"***","nested":{"clientSecret":{"old":"***","list":["***","***"]},' +
      '"tax_id":"***","note":"kept"},"after":"kept"}',
  );
});

test('JSON inside JSON text, a key with escapes, and a cut text are masked too', () => {
  expect(mask.text('{"raw":"{\\"password\\":\\"abc\\"}"}')).not.toContain('abc');
  expect(mask.text('{"pass\\u0077ord":"abc"}')).not.toContain('abc');
  expect(mask.text('{"password":"abc')).not.toContain('abc');
});

test('a page without secrets is as it was, and one with a secret far down is masked', () => {
  const rows = Array.from({ length: 300 }, (_, id) => ({ id, name: `x ${id}`, list: [1, null] }));
  expect(mask.text(JSON.stringify(rows))).toBe(JSON.stringify(rows));
  const secret = JSON.stringify([...rows, { apiKey: 'abc' }]);
  expect(mask.text(secret)).toBe(secret.replace('"abc"', '"***"'));
  expect(mask.text(secret.slice(0, -4))).not.toContain('ab');
});

test('forms and XML are masked', () => {
  expect(mask.text('grant_type=password&password=abc&scope=a')).toBe(
    'grant_type=password&password=***&scope=a',
  );
  expect(
    mask.text('<o:Login><o:Password type="x">abc</o:Password><a token="abc"/></o:Login>'),
  ).toBe('<o:Login><o:Password type="x">***</o:Password><a token="***"/></o:Login>');
});

test('a known secret is masked wherever it stands, also in Base64 and escaped', () => {
  const shapes = [
    's3cr3t/va+lue',
    encodeURIComponent('s3cr3t/va+lue'),
    Buffer.from('s3cr3t/va+lue').toString('base64'),
  ];
  for (const shape of shapes) expect(mask.text(`said: ${shape}.`)).toBe('said: ***.');
});

test('a body is cut, and a secret that lies over the cut is masked whole', () => {
  const text = `${'x'.repeat(BODY_CHARACTERS_MAX - 5)}s3cr3t/va+lue`;
  const masked = mask.text(text);
  expect(masked.length).toBeLessThanOrEqual(BODY_CHARACTERS_MAX);
  expect(masked).not.toContain('s3cr3');
});

test('whatever JSON holds a secret under a secret name, it does not come out', () => {
  const name = fc.constantFrom('password', 'client_secret', 'ACCESS_TOKEN', 'apiKey', 'Cookie');
  const around = fc.jsonValue({ maxDepth: 3 });
  const secret = fc.oneof(
    fc.constant('TOP-SECRET'),
    fc.constant(['TOP-SECRET']),
    fc.constant({ a: { b: 'TOP-SECRET' }, c: 1 }),
  );
  fc.assert(
    fc.property(name, secret, around, fc.boolean(), (key, value, other, pretty) => {
      const body = JSON.stringify(
        [other, { other, [key]: value, more: other }],
        null,
        pretty ? 2 : 0,
      );
      const masked = mask.text(body);
      expect(masked).not.toContain('TOP-SECRET');
      expect(() => JSON.parse(masked) as unknown).not.toThrow();
    }),
  );
});

test('JSON without secrets is left as it is', () => {
  const value = fc.dictionary(fc.stringMatching(/^x[a-d]{0,3}$/), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(value, (any) => {
      const body = JSON.stringify(any);
      fc.pre(!/token|secret|pass|auth|cookie|sid|pin|pwd|sign|assert|cred|csrf|key/i.test(body));
      expect(createMask().text(body)).toBe(body);
    }),
  );
});

test('no text takes long to mask, however it is built', () => {
  const size = BODY_CHARACTERS_MAX;
  for (const piece of [
    'x',
    '<',
    '<a',
    '"',
    '"a":',
    '{',
    '\\',
    '=',
    'a=',
    '&',
    ' ',
    '<a b="',
    "'",
  ]) {
    for (const start of ['', '{"a":"', '<a', '"']) {
      const before = performance.now();
      mask.text(start + piece.repeat(size / piece.length));
      expect(performance.now() - before).toBeLessThan(1500);
    }
  }
});
