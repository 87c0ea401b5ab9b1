/** What a thing is called, by language. */
export type Name = { readonly en: string; readonly de: string };
