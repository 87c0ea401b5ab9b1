import type { Side } from '#erp/open-items';
import type { PaymentPart } from '#erp/open-items/settling';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/**
 * What explains a line, or a part of it. Amounts are signed as the line's.
 * `items`: it pays what is open with a party; what its items do not use stays open with him.
 * `booked`: it is what somebody has posted already, on the clearing account.
 * `account`: it goes to an account: fees, interest, wages, a transfer.
 */
export type MatchPart =
  | {
      readonly kind: 'items';
      readonly side: Side;
      readonly party: string;
      readonly amount: Decimal;
      readonly items: readonly PaymentPart[];
    }
  | { readonly kind: 'booked'; readonly entry: string; readonly line: number }
  | {
      readonly kind: 'account';
      readonly account?: string; // Else that of bank fees.
      readonly amount: Decimal;
      readonly costCentre?: string;
      readonly text?: string;
    };

/** What explains a line. All of it is booked, or nothing. */
export type MatchDraft = {
  readonly line: string;
  readonly on?: LocalDate; // Else the day of the line: when its month is closed.
  readonly parts: readonly MatchPart[];
};

/** Whether a part gives back what should have gone the other way: it settles what lowers. */
export const isRefund = (side: Side, amount: Decimal): boolean =>
  (side === 'receivable') !== compareDecimals(amount, decimal('0')) > 0;
