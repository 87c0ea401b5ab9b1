/** RS256 against the published example; the elliptic ones, which differ each time, by verifying. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compactVerify } from 'jose';
import { expect, test } from 'vitest';
import { signCompact, signJwt } from './sign-jwt.ts';

const privateKey = readFileSync(path.join(import.meta.dirname, 'golden/rfc7515-a2.pem'), 'utf8');

test('RS256 gives the signature of RFC 7515, appendix A.2', async () => {
  const payload = '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}';
  const token = await signCompact({ alg: 'RS256' }, payload, { algorithm: 'RS256', privateKey });
  expect(token).toBe(
    [
      'eyJhbGciOiJSUzI1NiJ9',
      'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
      'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5' +
        'jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQB' +
        'MHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6I' +
        'eYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
    ].join('.'),
  );
});

test('ES256 and PS256 give tokens that their public keys verify, with the key named', async () => {
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [
    { algorithm: 'ES256' as const, pem: curve.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
    { algorithm: 'PS256' as const, pem: privateKey },
  ];
  for (const { algorithm, pem } of keys) {
    const text = String(pem);
    const key = { algorithm, privateKey: text, keyId: 'key-1' };
    const token = await signJwt({ iss: 'rialto', exp: 1 }, key);
    const { payload, protectedHeader } = await compactVerify(token, createPublicKey(text));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ iss: 'rialto', exp: 1 });
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'key-1' });
  }
});
