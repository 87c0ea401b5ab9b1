/** Where a page begins. */
export function pageRequest(query: { readonly page: number; readonly pageSize: number }): {
  readonly page: number;
  readonly pageSize: number;
  readonly offset: number;
} {
  const { page, pageSize } = query;
  return { page, pageSize, offset: (page - 1) * pageSize };
}
