import { z } from 'zod';

/** 'orders' or 'purchasing.orders', written as the server's catalog writes it. */
export const TableNameSchema = z.string().regex(/^[^.\s"'`;]{1,128}(\.[^.\s"'`;]{1,128})?$/, {
  error: "is a table's name, or a schema's and a table's: 'purchasing.orders'",
});

/** A column's name, as the server's catalog writes it. */
export const ColumnNameSchema = z.string().min(1).max(128);
