import type { NoteLookup } from "../../loaders/memory.ts";
import type { Metrics } from "../../metrics.ts";
import type { Tracing } from "../../tracing/tracing.ts";

/** Counts where answers about people and permissions come from, and says so of the question in its trace. */
export const noteLookups =
  ({ lookups }: Pick<Metrics, "lookups">, tracing: Tracing | undefined): NoteLookup =>
  (about, source) => {
    lookups.inc(about, source);
    tracing?.current()?.tell({ [`sett.${about}`]: source });
  };
