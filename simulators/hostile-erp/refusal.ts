/** The ERP says no. Nothing was booked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** 422: what was sent is wrong. */
export function invalid(message: string, field?: string): Refusal {
  return new Refusal(422, 'VALIDATION', message, field);
}
