/** Puts the one word for where a document stands beside what it says. */
export const withStatus =
  <Found extends object, Status extends string>(statusOf: (found: Found) => Status) =>
  <Row extends Found>(row: Row): Row & { readonly status: Status } => ({
    ...row,
    status: statusOf(row),
  });
