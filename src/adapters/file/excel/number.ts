const EXACT_DIGITS = 15; // What Excel itself keeps of a number.

/**
 * The decimal text of a number as a sheet stores it. Sheets store binary numbers with 16 or 17
 * digits, the last of them noise: such a fraction is cut to the 15 digits that Excel shows. Whole
 * numbers and longer texts, which no binary number made, stay as they are. Undefined: no number.
 */
export function decimalText(stored: string): string | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(stored.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const digits = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '').length;
  const isNoisy = digits > EXACT_DIGITS && digits <= 17 && !isWhole(fraction, exponent);
  if (isNoisy) return decimalText(shortened(stored));
  return signed(sign, shifted(whole, fraction, Number(exponent)));
}

const shortened = (stored: string): string => {
  const text = Number(stored).toPrecision(EXACT_DIGITS);
  const [mantissa = '', exponent] = text.split('e');
  const bare = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? bare : `${bare}e${exponent}`;
};

const isWhole = (fraction: string, exponent: string): boolean =>
  exponent === '0' ? fraction === '' : fraction.replace(/0+$/, '').length <= Number(exponent);

function shifted(whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return plain('0', '0'.repeat(-point) + digits);
  if (point >= digits.length) return plain(digits + '0'.repeat(point - digits.length), '');
  return plain(digits.slice(0, point), digits.slice(point));
}

function plain(whole: string, fraction: string): string {
  const bare = whole.replace(/^0+(?=\d)/, '');
  return fraction === '' ? bare : `${bare === '' ? '0' : bare}.${fraction}`;
}

const signed = (sign: string, text: string): string =>
  sign === '-' && /[1-9]/.test(text) ? `-${text}` : text;
