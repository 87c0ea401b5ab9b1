import { z } from 'zod';
import type { ConflictDetail, ConflictField } from '#api-contract/conflict';
import type { BodyOf, QueryOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** Lists changes that met: those that wait for a person, unless asked otherwise. */
export async function showConflicts(
  { client, json }: Context,
  query: QueryOf<'listConflicts'>,
): Promise<number> {
  const reply = await client.call('listConflicts', { query });
  if (json) {
    printJson(reply);
    return EXIT_CODES.done;
  }
  printTable(
    ['id', 'system', 'kind', 'what', 'asks', 'state', 'wanted by', 'noticed'],
    reply.items.map(({ id, integration, kind, title, asks, state, oursBy, noticedAt }) => [
      id,
      integration,
      kind,
      title,
      asks.join(' '),
      state,
      oursBy,
      noticedAt,
    ]),
  );
  if (reply.total > reply.items.length) console.log(`${reply.total} in all.`);
  return EXIT_CODES.done;
}

/** Shows a conflict, field by field. */
export async function showConflict({ client, json }: Context, id: string): Promise<number> {
  const conflict = await client.call('getConflict', { params: { id } });
  if (json) printJson(conflict);
  else tell(conflict);
  return EXIT_CODES.done;
}

/** Decides a conflict: all of one side, or field by field. */
export async function decideConflict(
  { client, json }: Context,
  id: string,
  how: {
    readonly whole?: string;
    readonly take: readonly string[]; // 'name=ours'
    readonly value: readonly string[]; // 'city=Wien'
    readonly reason?: string;
  },
): Promise<number> {
  const fields: NonNullable<BodyOf<'decideConflict'>['fields']> = {};
  for (const [field, side] of how.take.map(pairOf)) fields[field] = { take: sideOf(side) };
  for (const [field, text] of how.value.map(pairOf)) fields[field] = { value: valueOf(text) };
  const body: BodyOf<'decideConflict'> = {
    fields,
    ...(how.whole === undefined ? {} : { whole: sideOf(how.whole) }),
    ...(how.reason === undefined ? {} : { reason: how.reason }),
  };
  const decided = await client.call('decideConflict', { params: { id }, body });
  if (json) printJson(decided);
  else if (decided.sentAs === undefined) console.log('What is there stands. Nothing is sent.');
  else console.log(`It goes out as ${decided.sentAs}: rialto transactions show ${decided.sentAs}`);
  return EXIT_CODES.done;
}

/** Shows who wins a field that both sides changed. */
export async function showRules({ client, json }: Context, name: string): Promise<number> {
  const reply = await client.call('getConflictRules', { params: { name } });
  if (json) printJson(reply);
  else {
    printTable(
      ['kind', 'field', 'wins', 'version', 'by'],
      reply.items.flatMap(({ kind, rules, version, author }) =>
        rules.map(({ field, wins }) => [kind, field, wins, version, author]),
      ),
    );
    console.log('Every other field is asked.');
  }
  return EXIT_CODES.done;
}

/** Puts the rules of a kind in force; none: everything is asked. */
export async function setRules(
  { client, json }: Context,
  { name, kind }: { readonly name: string; readonly kind: string },
  how: { readonly rules: readonly string[]; readonly note?: string },
): Promise<number> {
  const rules = how.rules.map(pairOf).map(([field, wins]) => ({ field, wins: winnerOf(wins) }));
  const body = { rules, ...(how.note === undefined ? {} : { note: how.note }) };
  const { version } = await client.call('saveConflictRules', { params: { name, kind }, body });
  if (json) printJson({ version });
  else console.log(`Version ${version} is in force for ${kind} of ${name}.`);
  return EXIT_CODES.done;
}

/** Lists the versions of the rules of a kind. */
export async function showRulesVersions(
  { client, json }: Context,
  params: { readonly name: string; readonly kind: string },
): Promise<number> {
  const reply = await client.call('listConflictRulesVersions', { params });
  if (json) printJson(reply);
  else {
    printTable(
      ['version', 'since', 'by', 'note', 'rules'],
      reply.items.map(({ version, createdAt, author, note, rules }) => [
        version,
        createdAt,
        author,
        note,
        rules.map(({ field, wins }) => `${field}=${wins}`).join(' '),
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Puts earlier rules of a kind in force again. */
export async function restoreRules(
  { client, json }: Context,
  { name, kind }: { readonly name: string; readonly kind: string },
  version: string,
): Promise<number> {
  const params = { name, kind, version: Number(version) };
  const reply = await client.call('restoreConflictRules', { params });
  if (json) printJson(reply);
  else console.log(`As version ${version} was, version ${reply.version} is now in force.`);
  return EXIT_CODES.done;
}

function tell(conflict: ConflictDetail): void {
  const { title, kind, integration, state, oursBy, oursAt, theirsAt, fields } = conflict;
  console.log(`${kind} ${title} in ${integration}: ${state}`);
  console.log(
    `Ours: wanted by ${oursBy}, ${oursAt}. Theirs: changed ${theirsAt ?? '(not known)'}.`,
  );
  printTable(
    ['field', 'agreed on', 'ours', 'theirs', 'becomes'],
    fields.map((each) => [
      each.field,
      printed(each.base),
      printed(each.ours),
      printed(each.theirs),
      becomes(each),
    ]),
  );
}

function becomes({ take, because, rule, chosen }: ConflictField): string {
  if (chosen !== undefined) return chosen.take ?? printed(chosen.value);
  return `${take} (${because}${rule === undefined ? '' : ` ${rule}`})`;
}

const printed = (value: unknown): string =>
  value === undefined ? '(not there)' : JSON.stringify(value);

function pairOf(text: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw wrong(text, 'Write it as field=value.');
}

function sideOf(text: string): 'ours' | 'theirs' {
  if (text === 'ours' || text === 'theirs') return text;
  throw wrong(text, 'There are: ours, theirs.');
}

function winnerOf(text: string): 'ours' | 'theirs' | 'newest' | 'ask' {
  if (text === 'ours' || text === 'theirs' || text === 'newest' || text === 'ask') return text;
  throw wrong(text, 'There are: ours, theirs, newest, ask.');
}

/** JSON where it is some; else the text as it stands: a decimal stays one. */
function valueOf(text: string): z.core.util.JSONType {
  if (!/^[[{"]|^(?:true|false|null)$/.test(text)) return text;
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    throw wrong(text, 'It begins like JSON, and is none.');
  }
}

const wrong = (text: string, remedy: string) =>
  mainError('invalid', 'main.bad-setting', `reading '${text}'`, { remedy });
