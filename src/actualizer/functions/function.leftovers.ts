import type { Log } from "../../log.ts";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { ownedKinds } from "../controller/owned.kinds.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import { workloadName } from "./function.workloads.ts";

/** What kubeless makes of a function. */
const parts = [ownedKinds.Deployment, ownedKinds.Service];

/** What the cluster has of a function, asked for by name. */
export async function leftoversOf({ spec }: FunctionResource, client: ObjectClient) {
  const name = workloadName(spec, spec.name);
  const found = await Promise.all(
    parts.map(async (kind) => ({ kind, object: await client.get(kind, name) })),
  );
  return found.flatMap(({ kind, object }) => (object ? [{ kind, metadata: object.metadata }] : []));
}

/** Takes that away without sls-api; answers whether there was any of it. */
export async function removeLeftovers(
  resource: FunctionResource,
  client: ObjectClient,
  log: Log,
): Promise<boolean> {
  const left = await leftoversOf(resource, client);
  for (const { kind, metadata } of left) {
    const { name, uid, deletionTimestamp } = metadata;
    if (deletionTimestamp !== undefined) continue;
    log.warn({ resource: resource.metadata.name, kind: kind.kind, name }, "taken away without sls-api");
    await client.remove(kind, name, { uid, propagation: "Background" }).catch((error: unknown) => {
      // It is another one by now, or gone; that is seen at the next look.
      if (!(error instanceof ObjectRefusal) || error.kind !== "CHANGED") throw error;
    });
  }
  return left.length > 0;
}
