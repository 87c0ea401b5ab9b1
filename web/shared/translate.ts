import type connections from '../locales/connections.en.json';
import type en from '../locales/en.json';
import type erp from '../locales/erp.en.json';

type Catalogue = typeof en & typeof connections & typeof erp;

/** 'days_one' and 'days_other' are one key, 'days': the number decides. */
type Bare<Name extends string> = Name extends `${infer Stem}_${'one' | 'other'}` ? Stem : Name;

type KeysOf<Tree, Under extends string = ''> = {
  [Name in keyof Tree & string]: Tree[Name] extends string
    ? `${Under}${Bare<Name>}`
    : KeysOf<Tree[Name], `${Under}${Name}.`>;
}[keyof Tree & string];

/** The key of a text in the catalogues, checked by the compiler. */
export type Key = KeysOf<Catalogue>;

/** What stands in a text's slots; `count` also picks its plural. */
export type Slots = Readonly<Record<string, string | number>>;

/** Says something in one language. */
export type Translate = (key: Key, slots?: Slots) => string;

function flat(tree: object, under = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${under}${name}.`)
      : [[`${under}${name}`, String(value)] as const],
  );
}

/** A speaker of one language: fills '{{slots}}' and picks plurals by the language's own rules. */
export function translator(catalogues: readonly object[], language: string): Translate {
  const texts = new Map(catalogues.flatMap((catalogue) => flat(catalogue)));
  const plural = new Intl.PluralRules(language);
  return (key, slots = {}) => {
    const { count } = slots;
    const form =
      typeof count === 'number' ? texts.get(`${key}_${plural.select(count)}`) : undefined;
    const text = form ?? texts.get(key) ?? texts.get(`${key}_other`) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(slots[name] ?? ''));
  };
}
