/** The share of the highest bar; the one place where an amount becomes a float, for drawing alone. */
export function heightOf(amount: string, among: readonly string[]): string {
  const most = Math.max(0, ...among.map(Number));
  return `${most === 0 ? 0 : Math.max(0, (Number(amount) / most) * 100)}%`;
}
