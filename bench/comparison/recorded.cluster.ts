import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { RecordedAnswer } from "../servers/recorded.answers.ts";
import { keyOf } from "./platform.paths.ts";

interface ClusterObject {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}
interface ClusterList {
  readonly items: readonly ClusterObject[];
  readonly [field: string]: unknown;
}

const kinds = [
  "/api/v1/namespaces/customer/pods",
  "/apis/apps/v1/namespaces/customer/deployments",
  "/apis/discovery.k8s.io/v1/namespaces/customer/endpointslices",
];

/** The same object of another producer. */
function ofProducer(object: ClusterObject, number: number): unknown {
  const text = JSON.stringify(object).replaceAll("-demo-", `-p${number}-`);
  const copy = JSON.parse(text.replaceAll(`"producer":"demo"`, `"producer":"p${number}"`)) as {
    metadata: { uid: string };
  };
  const { uid } = copy.metadata;
  copy.metadata.uid = `${uid.slice(0, -6)}${String(number).padStart(6, "0")}`;
  return copy;
}

/** What a cluster lists: what the sandbox has of demo's workspace, for so many more producers. */
export async function recordCluster(
  { kubernetes }: Sandbox,
  producers: number,
): Promise<readonly (readonly [string, RecordedAnswer])[]> {
  const headers = { authorization: `Bearer ${kubernetes.adminToken}` };
  return Promise.all(
    kinds.map(async (path) => {
      const response = await fetch(`${kubernetes.server.url}${path}`, { headers });
      const list = (await response.json()) as ClusterList;
      const own = list.items.filter(
        ({ metadata: { labels } }) => labels?.["app"] === "workspace" && labels["producer"] === "demo",
      );
      if (own.length === 0) throw new Error(`The sandbox's cluster has no workspace under ${path}.`);
      const others = Array.from({ length: producers }, (_, number) =>
        own.map((object) => ofProducer(object, number + 1)),
      );
      const body = Buffer.from(JSON.stringify({ ...list, items: [...own, ...others.flat()] }));
      const answer = {
        body,
        headers: { "content-type": "application/json", "content-length": String(body.length) },
      };
      return [keyOf(path), answer] as const;
    }),
  );
}
