const KEY_BYTES = 16;

/** A key under which something is booked once. Not randomUUID: browsers keep that to https. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
