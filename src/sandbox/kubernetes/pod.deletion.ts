import { stamp } from "./kubernetes.object.ts";
import { writeOrRemove } from "./object.finalizers.ts";
import type { ObjectStore } from "./object.store.ts";
import { pods } from "./resource.kinds.ts";
import type { Pod } from "./workload.objects.ts";

/**
 * Deletes a pod as the API server does: one that has a node is given time to end, which its node takes away; one that
 * has none, or is given no time, is gone at once. Returns it as it was told to end.
 */
export function endingPod(store: ObjectStore, pod: Pod, wantedSeconds?: number): Pod {
  const { metadata, spec } = pod;
  const seconds = spec.nodeName === undefined ? 0 : (wantedSeconds ?? 30);
  const isEnding = metadata.deletionTimestamp !== undefined;
  if (isEnding && seconds >= (metadata.deletionGracePeriodSeconds ?? 30)) return pod;
  const deletionTimestamp = stamp(new Date(Date.now() + seconds * 1000));
  const ending = store.update(pods, {
    ...pod,
    metadata: { ...metadata, deletionTimestamp, deletionGracePeriodSeconds: seconds },
  });
  if (seconds === 0) writeOrRemove(store, pods, ending);
  return ending;
}
