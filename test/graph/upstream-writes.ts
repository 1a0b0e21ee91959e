import type { Sett } from "../support/sett.ts";

/** The calls that could have changed something behind the gateway, since the calls were last asked for. */
export function upstreamWrites(sett: Sett): readonly string[] {
  return sett.upstreamCalls().filter((call) => !/^\S+ GET /.test(call));
}
