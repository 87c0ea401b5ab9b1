/** Tells when there is something new to read, at a source that nobody calls us from. */
export type Arrivals = {
  readonly everyMs: number; // How often to look.
  /** Differs whenever what is to be read does. */
  look(stop: AbortSignal): Promise<string>;
  /** Calls when something stirs, until what it answers is called. Absent: only looking tells. */
  watch?(onStir: () => void): () => void;
};
