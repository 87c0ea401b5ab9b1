/** Talks to Tryton beside the adapter, so that tests do not trust what they test. */
import { assert } from '#kernel';
import type { Json } from '#kernel';

/** One signed-in user. `model('party.party', 'search', [])` calls it with the context put last. */
export type Remote = {
  call(method: string, params: readonly Json[]): Promise<Json>;
  model(name: string, method: string, ...params: readonly Json[]): Promise<Json>;
  /** The only id that a call answers with, such as a `create` of one thing. */
  one(name: string, method: string, ...params: readonly Json[]): Promise<number>;
  /** The fields of one record. */
  read(
    name: string,
    id: number,
    fields: readonly string[],
  ): Promise<Readonly<Record<string, Json>>>;
};

export const decimalOfTryton = (text: string): Json => ({ __class__: 'Decimal', decimal: text });
export const dateOfTryton = (text: string): Json => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { __class__: 'date', year, month, day };
};

/** An answer that is a list; anything else is an empty one. */
export const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);

export async function signIn(
  url: string,
  database: string,
  user: { readonly name: string; readonly password: string; readonly company?: number },
): Promise<Remote> {
  const address = `${url}/${database}/`;
  let authorization: string | undefined;
  async function call(method: string, params: readonly Json[]): Promise<Json> {
    const reply = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ id: 1, method, params }),
    });
    assert(reply.ok, `${method} answers: ${reply.status}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test's own server.
    const answer = (await reply.json()) as { readonly result?: Json; readonly error?: Json };
    assert(answer.error === undefined, `${method} is taken: ${JSON.stringify(answer.error)}`);
    return answer.result ?? null;
  }
  const session = await call('common.db.login', [user.name, { password: user.password }, 'en']);
  assert(Array.isArray(session), 'a login answers with a session');
  const words = `${user.name}:${String(session[0])}:${String(session[1])}`;
  authorization = `Session ${Buffer.from(words).toString('base64')}`;
  const { company } = user;
  const context: Json = { ...(company === undefined ? {} : { company }), language: 'en' };
  const model: Remote['model'] = (name, method, ...params) =>
    call(`model.${name}.${method}`, [...params, context]);
  return {
    call,
    model,
    async one(name, method, ...params) {
      const answer = await model(name, method, ...params);
      const [first] = listOf(answer);
      assert(typeof first === 'number', `${name}.${method} answers with an id`);
      return first;
    },
    async read(name, id, fields) {
      const answer = await model(name, 'read', [id], fields);
      const [record] = listOf(answer);
      assert(typeof record === 'object' && record !== null, `${name} ${id} is there`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `read` answers objects.
      return record as Readonly<Record<string, Json>>;
    },
  };
}
