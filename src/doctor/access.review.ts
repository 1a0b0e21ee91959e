import { z } from "zod";
import type { ClusterConnection } from "../services/kubernetes/cluster.connection.ts";
import { ClusterUnreachable } from "../services/kubernetes/cluster.errors.ts";
import type { Right } from "./cluster.rights.ts";

const reviewShape = z.object({ status: z.object({ allowed: z.boolean() }) });
const selfShape = z.object({
  metadata: z.object({ creationTimestamp: z.string() }),
  status: z.object({ userInfo: z.object({ username: z.string() }) }),
});
const headers = { "content-type": "application/json" };

/** Who the cluster takes the gateway for, and how its clock stood then. */
export interface SelfReview {
  readonly username: string;
  readonly at: Date;
}

/** Asks the cluster about the gateway itself, which everybody may who is known to it. */
export interface AccessReviews {
  /** Undefined where the cluster is older than the question (1.28). */
  readonly self: () => Promise<SelfReview | undefined>;
  /** Those verbs of a right that the gateway has. */
  readonly allowed: (right: Right) => Promise<readonly string[]>;
}

function parsed<Shape>(shape: z.ZodType<Shape>, text: string): Shape {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new ClusterUnreachable("OTHER_SERVICE");
  }
}

export function createAccessReviews(
  connection: Pick<ClusterConnection, "ask">,
  namespace: string,
  timeoutMs: number,
): AccessReviews {
  const ask = (group: string, plural: string, review: object) =>
    connection.ask({
      method: "POST",
      path: ["apis", group, "v1", plural],
      ...{ headers, timeoutMs },
      body: JSON.stringify({ apiVersion: `${group}/v1`, ...review }),
    });

  const isAllowed = async ({ group, resource: whole, name }: Right, verb: string): Promise<boolean> => {
    const [resource, subresource] = whole.split("/");
    const resourceAttributes = {
      ...{ namespace, verb, group, resource },
      ...(subresource === undefined ? {} : { subresource }),
      ...(name === undefined ? {} : { name }),
    };
    const review = { kind: "SelfSubjectAccessReview", spec: { resourceAttributes } };
    const answer = await ask("authorization.k8s.io", "selfsubjectaccessreviews", review);
    return parsed(reviewShape, answer).status.allowed;
  };

  return {
    self: async () => {
      const asked = ask("authentication.k8s.io", "selfsubjectreviews", { kind: "SelfSubjectReview" });
      const answer = await asked.catch(() => undefined);
      if (answer === undefined) return undefined;
      const { metadata, status } = parsed(selfShape, answer);
      return { username: status.userInfo.username, at: new Date(metadata.creationTimestamp) };
    },
    allowed: async (right) => {
      const may = await Promise.all(right.verbs.map((verb) => isAllowed(right, verb)));
      return right.verbs.filter((_verb, index) => may[index]);
    },
  };
}
