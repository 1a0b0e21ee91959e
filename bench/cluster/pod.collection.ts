import { podNumber, restarted, type RecordedPod } from "./many.pods.ts";

/** The pods of one namespace, as lines and pages of an API server. */
export interface PodCollection {
  readonly version: () => number;
  /** All of them, or a page: as the body of an answer. */
  readonly page: (limit: number, token: string) => string;
  /** Changes one pod; nine times of ten a container was started again, else one makes way for a new one. */
  readonly change: () => readonly string[];
}

const changesUntilNew = 10;
/** So far apart are pods that change one after the other. */
const stride = 997;

/** A collection of so many pods to begin with. */
export function collectPods(count: number): PodCollection {
  const pods = new Map<string, RecordedPod>();
  let version = 1000;
  let numbers = 0;
  let changes = 0;

  const keep = (pod: RecordedPod) => {
    version += 1;
    const kept = { ...pod, metadata: { ...pod.metadata, resourceVersion: String(version) } };
    pods.set(pod.metadata.uid, kept);
    return kept;
  };
  const line = (type: string, object: RecordedPod) => `${JSON.stringify({ type, object })}\n`;
  while (numbers < count) keep(podNumber(numbers++));

  return {
    version: () => version,
    page: (limit, token) => {
      const from = Number(token);
      const all = [...pods.values()];
      const end = limit > 0 ? from + limit : all.length;
      const next = end < all.length ? { continue: String(end) } : {};
      // What is in a list does not say of what kind it is.
      const items = all.slice(from, end).map(({ kind: _kind, apiVersion: _version, ...pod }) => pod);
      const metadata = { resourceVersion: String(version), ...next };
      return JSON.stringify({ kind: "PodList", apiVersion: "v1", metadata, items });
    },
    change: () => {
      changes += 1;
      const chosen = [...pods.values()][(changes * stride) % pods.size];
      if (!chosen) return [];
      if (changes % changesUntilNew > 0) return [line("MODIFIED", keep(restarted(chosen)))];
      pods.delete(chosen.metadata.uid);
      version += 1;
      const metadata = { ...chosen.metadata, resourceVersion: String(version) };
      return [line("DELETED", { ...chosen, metadata }), line("ADDED", keep(podNumber(numbers++)))];
    },
  };
}
