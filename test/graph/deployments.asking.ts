import { customKinds, type CustomKind } from "../../src/services/actualizer/resource.names.ts";
import type { ClusterObject, ObjectClient } from "../../src/services/kubernetes/object.client.ts";
import { operatorOf } from "../actualizer/controller/cluster.harness.ts";
import type { Sett } from "../support/sett.ts";

type Said = Readonly<{ type: string; status?: string; reason: string; message?: string; at?: string }>;

/** The custom resources on a sandbox's cluster, for somebody who may do anything there. */
export interface Resources {
  readonly client: ObjectClient;
  readonly get: (kind: CustomKind, name: string) => Promise<ClusterObject | undefined>;
  readonly change: (kind: CustomKind, name: string, change: object) => Promise<ClusterObject>;
  /** Has a resource say this of itself, besides what it says of other things. */
  readonly say: (kind: CustomKind, name: string, ...said: readonly Said[]) => Promise<ClusterObject>;
  readonly annotation: (kind: CustomKind, name: string, which: string) => Promise<string | undefined>;
}

interface Whole {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly status?: { readonly conditions?: readonly { readonly type: string }[] };
}

const whole = (object: ClusterObject | undefined) => object as unknown as Whole | undefined;

/** Works on the resources as somebody would who is neither the gateway nor the actualizer. */
export function resourcesOf({ sandbox }: Sett): Resources {
  const client = operatorOf(sandbox.kubernetes);
  const get: Resources["get"] = (kind, name) => client.get(customKinds[kind], name);
  return {
    client,
    get,
    change: (kind, name, change) =>
      client.patch(customKinds[kind], name, change as Readonly<Record<string, unknown>>),
    say: async (kind, name, ...said) => {
      const before = whole(await get(kind, name))?.status?.conditions ?? [];
      const conditions = said.map(({ at = "2026-01-02T03:04:05Z", status = "False", ...rest }) => ({
        status,
        message: "It is so.",
        lastTransitionTime: at,
        ...rest,
      }));
      const others = before.filter(({ type }) => said.every((each) => each.type !== type));
      const status = { conditions: [...others, ...conditions] };
      return client.patch(customKinds[kind], name, { status }, { part: "status" });
    },
    annotation: async (kind, name, which) => whole(await get(kind, name))?.metadata.annotations?.[which],
  };
}
