/** How long things take in an sls-api; about a tenth of what the real one takes, unless told otherwise. */
export interface FunctionTiming {
  /** To write a service's files, and to commit them. */
  writeMs: number;
  /** A whole deployment, of which the removal of what was there before is the first part. */
  deployMs: number;
  undeployMs: number;
  logsMs: number;
}

/** The timing nobody has changed. */
export const defaultTiming: FunctionTiming = { writeMs: 8, deployMs: 580, undeployMs: 85, logsMs: 85 };
