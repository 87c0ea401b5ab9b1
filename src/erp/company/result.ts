/** Why the business says no. `code` is of the area's closed list; `reasons` when there are several. */
export type Problem<Code extends string = string> = {
  readonly code: Code;
  readonly message: string;
  readonly field?: string;
  readonly reasons?: readonly { readonly code: string; readonly message: string }[];
};

/** What became of one draft. A refusal is a value: the other drafts go on. */
export type Result<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | Refusal<Code>;

/** The answer no. */
export type Refusal<Code extends string = string> = {
  readonly ok: false;
  readonly problem: Problem<Code>;
};

/** Says yes, with what came of it. */
export const accept = <T>(value: T): { readonly ok: true; readonly value: T } => ({
  ok: true,
  value,
});

/** Says no, and why. */
export const refuse = <Code extends string>(
  code: Code,
  message: string,
  field?: string,
): Refusal<Code> => ({
  ok: false,
  problem: { code, message, ...(field === undefined ? {} : { field }) },
});
