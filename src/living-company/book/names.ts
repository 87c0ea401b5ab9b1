/** Ids of the ERP by what the world calls things: items, parties, warehouses, work centres. */
export type Names = ReadonlyMap<string, string>;
