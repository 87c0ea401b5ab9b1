/** How far the reading of an entity is behind the log that its source keeps for it. */
export type KeptLog = {
  readonly entity: string;
  readonly name: string; // What the source calls what keeps it: a slot.
  /** 'at-risk': the source may throw it away any moment; 'lost': all is read again; 'none' yet. */
  readonly state: 'kept' | 'at-risk' | 'lost' | 'none';
  readonly why?: string; // It is lost.
  readonly followed: boolean; // Somebody listens to it now.
  readonly behindBytes?: number; // Of the log, which the source may not forget.
  readonly behindSeconds?: number; // Since somebody listened. Absent: the source cannot tell.
};
