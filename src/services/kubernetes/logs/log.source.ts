import type { ClusterConnection, ClusterStream } from "../cluster.connection.ts";
import { ClusterRefusal } from "../cluster.errors.ts";

/** Which log: what one container of a pod writes. */
export interface LogPlace {
  readonly pod: string;
  readonly container: string;
}

/** What of a log is wanted. */
export interface LogWanted {
  readonly follow?: boolean;
  readonly previous?: boolean;
  readonly tailLines?: number | undefined;
  /** A time in whole seconds: fractions count for nothing. */
  readonly sinceTime?: string | undefined;
  readonly limitBytes?: number | undefined;
}

/** Reads one log, with the time of each line. */
export interface LogSource {
  /** What is written, as it comes; undefined when there is nothing: no run yet, or none before. */
  readonly open: (
    wanted: LogWanted,
    times: { readonly lifeMs: number; readonly signal?: AbortSignal },
  ) => Promise<ClusterStream | undefined>;
}

interface Means {
  readonly connection: Pick<ClusterConnection, "open">;
  readonly namespace: string;
  /** How soon an answer has to begin. */
  readonly headersTimeoutMs: number;
}

/** Opens the logs of a namespace. */
export function createLogSource(
  { connection, namespace, headersTimeoutMs }: Means,
  { pod, container }: LogPlace,
): LogSource {
  return {
    open: async (wanted, { lifeMs, signal }) => {
      try {
        return await connection.open({
          path: ["api", "v1", "namespaces", namespace, "pods", pod, "log"],
          query: { container, timestamps: true, ...wanted },
          headers: { accept: "application/json, */*" },
          timeoutMs: headersTimeoutMs,
          lifeMs,
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        // The container is known, so this says that it waits to start, or has not ended before.
        if (error instanceof ClusterRefusal && error.status === 400) return undefined;
        throw error;
      }
    },
  };
}
