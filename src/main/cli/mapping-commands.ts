import { EXIT_CODES } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import { followWork } from './follow-work.ts';
import { readJson } from './read-json.ts';
import type { Context } from './source-commands.ts';

/** Lists the versions of a mapping. */
export async function showMappings({ client, json }: Context, name: string): Promise<number> {
  const reply = await client.call('listMappingVersions', {
    params: { name },
    query: { pageSize: 200 },
  });
  if (json) printJson(reply);
  else {
    printTable(
      ['version', 'since', 'by', 'note', ''],
      reply.items.map(({ version, createdAt, author, note, inForce }) => [
        version,
        createdAt,
        author ?? 'Rialto',
        note,
        inForce ? 'in force' : '',
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Prints a version of a mapping as JSON: to be edited and saved again. */
export async function printMapping(
  { client }: Context,
  name: string,
  version: string,
): Promise<number> {
  const params = { name, version: Number(version) };
  printJson((await client.call('getMapping', { params })).pack);
  return EXIT_CODES.done;
}

/** Prints a mapping that ships with Rialto as JSON: to begin one's own from. */
export async function printShippedMapping({ client }: Context, name: string): Promise<number> {
  printJson((await client.call('getShippedMapping', { params: { name } })).pack);
  return EXIT_CODES.done;
}

/** Compares two versions, field by field. */
export async function compareMappings(
  { client, json }: Context,
  name: string,
  between: { readonly from: string; readonly to: string },
): Promise<number> {
  const params = { name, version: Number(between.to) };
  const reply = await client.call('compareMappings', {
    params,
    query: { from: Number(between.from) },
  });
  if (json) printJson(reply);
  else {
    printTable(
      ['mapping', 'part', 'before', 'after'],
      reply.items.map(({ mapping, part, before, after }) => [
        mapping,
        part,
        before === undefined ? '(not there)' : JSON.stringify(before),
        after === undefined ? '(gone)' : JSON.stringify(after),
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Puts a mapping from a file in force. */
export async function saveMapping(
  { client, json }: Context,
  name: string,
  how: { readonly file: string; readonly note?: string },
): Promise<number> {
  const note = how.note === undefined ? {} : { note: how.note };
  const body = { pack: readJson(how.file), ...note };
  const reply = await client.call('saveMapping', { params: { name }, body });
  if (json) printJson(reply);
  else console.log(`Version ${reply.version} is in force. The next sync reads everything with it.`);
  return EXIT_CODES.done;
}

/** Puts an earlier version in force again. */
export async function restoreMapping(
  { client, json }: Context,
  name: string,
  version: string,
): Promise<number> {
  const params = { name, version: Number(version) };
  const reply = await client.call('restoreMapping', { params });
  if (json) printJson(reply);
  else console.log(`As version ${version} was, version ${reply.version} is now in force.`);
  return EXIT_CODES.done;
}

/** Says what a sync would do, with the mapping in force or one from a file. */
export async function dryRun(
  { client, json }: Context,
  name: string,
  how: { readonly mappingFile?: string; readonly documents?: string },
): Promise<number> {
  const { mappingFile, documents } = how;
  const body = {
    ...(mappingFile === undefined ? {} : { pack: readJson(mappingFile) }),
    ...(documents === undefined ? {} : { documentsMax: Number(documents) }),
  };
  const params = { name };
  await client.call('startDryRun', { params, body });
  const cancel = (): void => void client.call('cancelDryRun', { params });
  process.once('SIGINT', cancel);
  const { result: run } = await followWork(() => client.call('getDryRun', { params }), json);
  process.off('SIGINT', cancel);
  if (run === undefined) return EXIT_CODES.failed;
  if (json) {
    printJson(run);
    return EXIT_CODES.done;
  }
  console.log(`A sync of ${name} would do this. Nothing was changed.`);
  const heads = ['kind', 'read', 'created', 'changed', 'unchanged', 'deleted', 'quarantined'];
  printTable(
    heads,
    run.kinds.map((kind) => [
      kind.kind,
      kind.read,
      kind.created,
      kind.changed,
      kind.unchanged,
      kind.deleted,
      kind.quarantined,
    ]),
  );
  for (const { kind, key, what, fields = [], reasons = [] } of run.samples) {
    console.log(`${what} ${kind} ${key}`);
    for (const { field, before, after } of fields) {
      console.log(`    ${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
    }
    for (const { field, reason } of reasons) {
      console.log(`    ${field === undefined ? '' : `${field}: `}${reason}`);
    }
  }
  for (const { entity, reason } of run.notReady) console.log(`Not ready: ${entity}: ${reason}`);
  if (run.whole || run.notReady.length > 0) return EXIT_CODES.done;
  console.log('Only the first documents were looked at: deletions cannot be told.');
  return EXIT_CODES.done;
}

/** Lists where sources look other than before. */
export async function showDrift(
  { client, json }: Context,
  query: { readonly integration?: string },
): Promise<number> {
  const reply = await client.call('listDrift', { query });
  if (json) printJson(reply);
  else {
    printTable(
      ['id', 'integration', 'entity', 'path', 'what', 'before', 'now', 'status'],
      reply.items.map((drift) => [
        drift.id,
        drift.integration,
        drift.entity,
        drift.path,
        drift.kind === 'gone' && drift.mapped ? 'gone: holds it up' : drift.kind,
        drift.before.join(' '),
        drift.after.join(' '),
        drift.status,
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Accepts or refuses that a source looks other than before. */
export async function decideDrift(
  { client, json }: Context,
  id: string,
  status: 'accepted' | 'refused',
): Promise<number> {
  const drift = await client.call('decideDrift', { params: { id }, body: { status } });
  if (json) printJson(drift);
  else
    console.log(
      `${drift.entity}: ${drift.path} is ${status}. Next: rialto sync ${drift.integration}`,
    );
  return EXIT_CODES.done;
}
