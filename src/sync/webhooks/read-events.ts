import { isJsonObject } from '#adapter-kit';
import type { WebhookSender } from '#adapter-kit/webhook';
import type { Json } from '#kernel';

/** What a delivery says is to be looked at. No entity: whatever has changed. */
export type Wish = {
  readonly type?: string; // What the sender calls the event.
  readonly entity?: string;
  readonly key?: string;
};

type Meaning = WebhookSender['meanings'][number];

const KEY_SEPARATOR = '|'; // Of keys of several parts, as the http adapter joins them.
const KEY_MAX = 500;

/** The events of a body, one by one. */
export function eventsOf(body: Json, { events }: WebhookSender): readonly Json[] {
  const found = valueAt(body, events);
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) return [found];
  const list: readonly Json[] = found;
  return list;
}

/**
 * What is to be looked at after a delivery. What its words say of a document is not taken: only
 * which document it is. An event that nothing is known of asks for whatever has changed.
 */
export function wishesOf(
  body: Json,
  sender: WebhookSender,
  entities: ReadonlySet<string>, // That the mapping reads.
): readonly Wish[] {
  const events = eventsOf(body, sender);
  const wishes = events.flatMap((event) => wishOf(event, sender, entities));
  return events.length === 0 ? [{}] : wishes;
}

function wishOf(
  event: Json,
  sender: WebhookSender,
  entities: ReadonlySet<string>,
): readonly Wish[] {
  const said = sender.type === undefined ? undefined : textAt(event, sender.type);
  const type = said === undefined ? {} : { type: said.slice(0, 200) };
  for (const meaning of sender.meanings) {
    if (meaning.type !== undefined && !meaning.type.includes(said ?? '')) continue;
    if (meaning.ignore === true) return [];
    const key = keyOf(event, meaning);
    if (meaning.key !== undefined && key === undefined) continue;
    const { entity } = meaning;
    if (entity === undefined || key === undefined || !entities.has(entity)) return [type];
    return [{ ...type, entity, key }];
  }
  return [type];
}

function keyOf(event: Json, { key }: Meaning): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === 'object' && 'path' in key) return between(textAt(event, key.path), key);
  const parts = [key].flat().map((path) => textAt(event, path));
  const whole = parts.some((part) => part === undefined || part === '')
    ? undefined
    : parts.join(KEY_SEPARATOR);
  return whole === undefined || whole.length > KEY_MAX ? undefined : whole;
}

function between(
  text: string | undefined,
  { after, before }: { readonly after: string; readonly before: string },
): string | undefined {
  if (text === undefined) return undefined;
  const start = after === '' ? 0 : text.lastIndexOf(after);
  if (start < 0) return undefined;
  const rest = text.slice(start + after.length);
  const end = before === '' ? rest.length : rest.indexOf(before);
  const found = end < 0 ? '' : rest.slice(0, end);
  return found === '' || found.length > KEY_MAX ? undefined : found;
}

/** The text at a dotted path of JSON whose numbers are text. Undefined: nothing, or no scalar. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'string') return found;
  return typeof found === 'boolean' || typeof found === 'number' ? String(found) : undefined;
}

/** A name with a dot in it is found as it is written before it is taken for a path. */
function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (path === '' || value === undefined) return value;
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    const [step = '', ...rest] = path.split('.');
    return /^\d{1,6}$/.test(step) ? valueAt(list[Number(step)], rest.join('.')) : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const first = path.slice(0, dot);
  return Object.hasOwn(value, first) ? valueAt(value[first], path.slice(dot + 1)) : undefined;
}
