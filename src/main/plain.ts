/** A type without `readonly`, all the way down. */
type Plain<T> = T extends string
  ? T // Also one that is branded.
  : T extends readonly (infer Member)[]
    ? Plain<Member>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** A value that is JSON by its making, in the mutable form that the contract's schemas have. */
export function plain<T>(value: T): Plain<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed and read again as JSON.
  return JSON.parse(JSON.stringify(value)) as Plain<T>;
}
