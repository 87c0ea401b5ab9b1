/** Words that say what kind of company it is, not which. */
const LEGAL_FORMS = new Set(
  (
    'ag ab as aps a/s bv b.v co company corp corporation eg eirl ek ev gbr gmbh inc incorporated ' +
    'kft kg kgaa limited llc llp ltd nv ohg oy oyj plc pte pty sa sarl sas se sl slu spa srl sro ug'
  ).split(' '),
);

/** A name as it is compared: without case, accents, punctuation and legal form. */
export function nameKeyOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '') // 'S.A.' is 'SA'.
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = plain.split(' ');
  const kept = words.filter((word) => !LEGAL_FORMS.has(word) && word !== 'and');
  return (kept.length === 0 ? words : kept).join(' ');
}

/** A tax number as it is compared: 'vat:DE123456789'. */
export const taxKeyOf = (tax: { readonly scheme: string; readonly value: string }): string =>
  `${tax.scheme.toLowerCase()}:${tax.value.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
