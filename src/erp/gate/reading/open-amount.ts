import { openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

const ZERO = decimal('0');

/** What an invoice still has open, and what that makes it. What was cancelled has nothing open. */
export function openAmountOf(
  items: readonly OpenItem[],
  cancelledOn: string | null,
): { readonly status: 'posted' | 'paid' | 'cancelled'; readonly openAmount: Decimal } {
  if (cancelledOn !== null) return { status: 'cancelled', openAmount: ZERO };
  const openAmount = sumDecimals(items.map(openOf));
  const isPaid = items.length > 0 && compareDecimals(openAmount, ZERO) === 0;
  return { status: isPaid ? 'paid' : 'posted', openAmount };
}
