import type { ReplyOf } from '#api-contract';
import type { JsonValue } from './json-text.tsx';

type Schema = ReplyOf<'listAdapters'>['items'][number]['settings'];

/** How a setting is asked for. */
export type SettingField = {
  readonly name: string;
  readonly kind: 'text' | 'long' | 'number' | 'boolean' | 'list' | 'choice';
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly examples: readonly string[]; // What ships, by name.
  readonly least?: number;
  readonly most?: number;
};

/** What was typed, by the setting's name. A list is one entry a line; yes is 'true'. */
export type TypedSettings = Readonly<Record<string, string>>;

const LONG_FROM = 10_000; // A setting that may be this long is a document, not a word.

const part = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

const texts = (of: unknown): readonly string[] =>
  Array.isArray(of) ? of.filter((each): each is string => typeof each === 'string') : [];

function kindOf(schema: unknown): SettingField['kind'] {
  if (texts(part(schema, 'enum')).length > 0) return 'choice';
  const type = part(schema, 'type');
  if (type === 'boolean') return 'boolean';
  if (type === 'array') return 'list';
  if (type === 'number' || type === 'integer') return 'number';
  const longest = part(schema, 'maxLength');
  return typeof longest === 'number' && longest >= LONG_FROM ? 'long' : 'text';
}

/** The settings an adapter's JSON Schema asks for, what is needed first; parts as 'sftp.host'. */
export function settingFields(schema: Schema): readonly SettingField[] {
  return fieldsOf(schema, '').toSorted((a, b) => Number(b.required) - Number(a.required));
}

function fieldsOf(schema: unknown, before: string): readonly SettingField[] {
  const required = texts(part(schema, 'required'));
  const properties = part(schema, 'properties');
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties).flatMap(([name, one]: [string, unknown]) =>
    part(one, 'type') === 'object' && part(one, 'properties') !== undefined && before === ''
      ? fieldsOf(one, `${name}.`).map((each) => ({ ...each, required: false }))
      : [
          {
            name: before + name,
            kind: kindOf(one),
            required: required.includes(name),
            choices: texts(part(one, 'enum')),
            examples: texts(part(one, 'examples')),
            ...limitsOf(one),
          },
        ],
  );
}

function limitsOf(schema: unknown): Pick<SettingField, 'least' | 'most'> {
  const [least, most] = [part(schema, 'minimum'), part(schema, 'maximum')];
  return {
    ...(typeof least === 'number' ? { least } : {}),
    ...(typeof most === 'number' ? { most } : {}),
  };
}

function valueOf(kind: SettingField['kind'], typed: string): JsonValue {
  switch (kind) {
    case 'number':
      return Number(typed);
    case 'boolean':
      return typed === 'true';
    case 'list':
      return typed
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'choice':
    case 'long':
    case 'text':
      return typed.trim();
  }
}

/** What was typed as settings; what was left empty is left out. */
export function settingsOf(
  fields: readonly SettingField[],
  typed: TypedSettings,
): Record<string, JsonValue> {
  const settings: Record<string, JsonValue> = {};
  for (const { name, kind } of fields) {
    const text = typed[name] ?? '';
    if (text.trim() === '') continue;
    const [group = '', inner] = name.split('.', 2);
    if (inner === undefined) settings[name] = valueOf(kind, text);
    else settings[group] = { ...partsOf(settings[group]), [inner]: valueOf(kind, text) };
  }
  return settings;
}

const partsOf = (of: JsonValue | undefined): Record<string, JsonValue> =>
  typeof of === 'object' && of !== null && !Array.isArray(of) ? { ...of } : {};

/** Settings as they would be typed. */
export function typedOf(settings: Readonly<Record<string, unknown>>, before = ''): TypedSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(typedOf({ ...value }, `${before}${name}.`))
        : [[before + name, Array.isArray(value) ? value.map(String).join('\n') : String(value)]],
    ),
  );
}
