/** How long things take at a gateway; reads are stale for about a tenth of the real time, unless told otherwise. */
export interface GatewayTiming {
  /** How long what is read stays as it was after the last write of the configuration. */
  staleMs: number;
  /** Between what a write sees of the configuration and its writing all of that back: who writes meanwhile is lost. */
  overlapMs: number;
}

/** The timing nobody has changed. */
export const defaultGatewayTiming: Readonly<GatewayTiming> = { staleMs: 200, overlapMs: 5 };
