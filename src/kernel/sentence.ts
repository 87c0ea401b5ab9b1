/** What the places of a sentence are filled with. */
export type Slots = Readonly<Record<string, string | number>>;

/** What a page needs to say a sentence in another language. */
export type Said = { readonly code: string; readonly slots: Slots };

/** A sentence for people: in English as it stands, and as what it says. */
export type Sentence = Said & { readonly text: string };

type NamesIn<Template extends string> = Template extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** Says the sentences of a module; the compiler sees that every slot of one is filled. */
export function speaker<const Templates extends Readonly<Record<string, string>>>(
  module: string,
  templates: Templates,
): <Name extends keyof Templates & string>(
  name: Name,
  slots: Slots & Readonly<Record<NamesIn<Templates[Name]>, string | number>>,
) => Sentence {
  return (name, slots) => ({
    text: filled(templates[name] ?? name, slots),
    code: `${module}.${name}`,
    slots,
  });
}

/** A sentence as the reason that a row or a field is refused for. */
export const because = ({ text, ...sentence }: Sentence): { reason: string; said: Said } => ({
  reason: text,
  said: saidOf(sentence),
});

/** A sentence without its English. */
export const saidOf = ({ code, slots }: Said): Said => ({ code, slots });

const filled = (template: string, slots: Slots): string =>
  template.replace(SLOT, (_, name: string) => String(slots[name] ?? ''));

/** What fills a template in a text that was said by it. Undefined: the text says something else. */
export function slotsIn(template: string, text: string): Slots | undefined {
  const names = [...template.matchAll(SLOT)].map(([, name = '']) => name);
  const pattern = template.split(/\{\{\w+\}\}/).map((part) => RegExp.escape(part));
  const found = new RegExp(`^${pattern.join('(.*)')}$`, 's').exec(text);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? '']));
}

const SLOT = /\{\{(\w+)\}\}/g;
