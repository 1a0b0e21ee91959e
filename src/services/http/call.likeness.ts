import type { Call } from "./upstream.ts";

/** What reads have to have in common to be one. */
export const likenessOf = ({ understands, torn, timeoutMs, reachesOut, isCheck }: Call): string =>
  understands || torn || timeoutMs !== undefined || reachesOut || isCheck
    ? ` ${String(understands)} ${String(torn)} ${String(timeoutMs)} ${String(reachesOut)} ${String(isCheck)}`
    : "";
