import { z } from "zod";
import { createLeaderSight } from "../services/actualizer/leader.sight.ts";
import { resourceGroup, resourceVersion } from "../services/actualizer/resource.names.ts";
import { openCluster, type ClusterConnection } from "../services/kubernetes/cluster.connection.ts";
import { ClusterRefusal, ClusterUnreachable } from "../services/kubernetes/cluster.errors.ts";
import { clusterProblem, type ClusterPlace } from "../services/kubernetes/cluster.source.ts";
import { createObjectClient } from "../services/kubernetes/object.client.ts";
import { createAccessReviews } from "./access.review.ts";
import { checkRights } from "./rights.check.ts";
import type { Examined } from "./examined.ts";
import { ok, skipped, warning, wrong, type Told } from "./finding.ts";
import { troubleWith, type Asked } from "./trouble.ts";

const versionShape = z.object({ gitVersion: z.string() });
const kindsShape = z.object({ resources: z.array(z.object({ name: z.string() })) });
const listShape = z.object({ items: z.array(z.unknown()) });
const customPlurals = ["producers", "workspaces", "gateways", "functions"];

/** What the cluster says, and how its clock stood when it did. */
export interface ClusterFindings {
  readonly told: readonly Told[];
  readonly at: Date | undefined;
}

const sourceOf = (place: ClusterPlace) => {
  if (place.from === "address") return { address: place.url, variable: "KUBERNETES_URL" };
  if (place.from === "file") return { address: `the cluster of ${place.path}`, variable: "KUBECONFIG" };
  return { address: "this pod's own cluster", variable: "KUBERNETES_URL or KUBECONFIG" };
};

function read<Shape>(shape: z.ZodType<Shape>, text: string): Shape {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new ClusterUnreachable("OTHER_SERVICE");
  }
}

async function checkKinds(connection: ClusterConnection, timeoutMs: number): Promise<Told> {
  const check = "custom resources";
  const mend = `Apply the definitions of deploy/chart, or set ACTUALIZER=false where no actualizer is to run.`;
  try {
    const answer = await connection.ask({ path: ["apis", resourceGroup, resourceVersion], timeoutMs });
    const known = new Set(read(kindsShape, answer).resources.map(({ name }) => name));
    const missing = customPlurals.filter((plural) => !known.has(plural));
    if (missing.length === 0) return ok(check, "their definitions are installed.");
    return wrong(check, `${missing.join(", ")} of ${resourceGroup} are not defined.`, mend);
  } catch (error) {
    if (!(error instanceof ClusterRefusal) || error.status !== 404) throw error;
    return wrong(check, `nothing of ${resourceGroup} is defined on the cluster.`, mend);
  }
}

async function checkActualizer(
  connection: ClusterConnection,
  namespace: string,
  timeoutMs: number,
): Promise<Told> {
  const client = createObjectClient({ connection, namespace, manager: "sett-doctor", timeoutMs });
  const sight = createLeaderSight(client);
  try {
    const { leader, isAlive } = await sight.look();
    if (isAlive === true) return ok("actualizer", `${leader ?? "one"} leads.`);
    const says =
      leader === undefined ? "none leads." : `${leader} leads, and has not been seen to renew that.`;
    return warning(
      "actualizer",
      says,
      "See whether its pods run; what people deploy waits until then. Where none is to run, set ACTUALIZER=false.",
    );
  } catch {
    return warning(
      "actualizer",
      "its lease cannot be read.",
      "See the findings on rights; the lease sett-actualizer is in KUBERNETES_NAMESPACE.",
    );
  } finally {
    sight.close();
  }
}

async function checkContents(
  connection: ClusterConnection,
  { namespace }: ClusterPlace,
  timeoutMs: number,
): Promise<Told> {
  const path = ["apis", "apps", "v1", "namespaces", namespace, "deployments"];
  const check = "namespace";
  try {
    const found = await connection.ask({ path, query: { limit: "1" }, timeoutMs });
    if (read(listShape, found).items.length > 0) return ok(check, `something runs in ${namespace}.`);
    return warning(
      check,
      `nothing runs in ${namespace}: a cluster answers so for a namespace that it does not have.`,
      "Set KUBERNETES_NAMESPACE to where producers' things run, unless there is none yet.",
    );
  } catch (error) {
    if (error instanceof ClusterRefusal) return skipped(check, `what runs in ${namespace} cannot be listed.`);
    throw error;
  }
}

export async function checkCluster({ addresses, config, patienceMs }: Examined): Promise<ClusterFindings> {
  const place = addresses.kubernetes;
  if (!place) {
    const none =
      "none is configured, so nothing is told of what runs: set KUBERNETES_URL or KUBECONFIG for that.";
    return { told: [skipped("cluster", none)], at: undefined };
  }
  const asked: Asked = { check: "cluster", service: "Kubernetes", ...sourceOf(place) };
  const unreadable = await clusterProblem(place);
  if (unreadable !== undefined) {
    const [name = "KUBECONFIG"] = unreadable.split(":");
    return { told: [wrong("cluster", unreadable, `Correct ${name}.`)], at: undefined };
  }
  const connection = openCluster(place);
  try {
    const version = read(versionShape, await connection.ask({ path: ["version"], timeoutMs: patienceMs }));
    const reviews = createAccessReviews(connection, place.namespace, patienceMs);
    const self = await reviews.self();
    const who = self ? `, and takes this for ${self.username}` : "";
    const [rights, contents] = await Promise.all([
      checkRights(reviews, place.namespace, config.ACTUALIZER),
      checkContents(connection, place, patienceMs),
    ]);
    const ofActualizer = config.ACTUALIZER
      ? await Promise.all([
          checkKinds(connection, patienceMs),
          checkActualizer(connection, place.namespace, patienceMs),
        ])
      : [skipped("actualizer", "ACTUALIZER is false.")];
    const told = [
      ok("cluster", `Kubernetes ${version.gitVersion} answers at ${asked.address}${who}.`),
      ...rights,
      contents,
      ...ofActualizer,
    ];
    return { told, at: self?.at };
  } catch (error) {
    return { told: [refused(asked, error)], at: undefined };
  } finally {
    await connection.close();
  }
}

/** A credential that is not accepted is no other service's. */
function refused(asked: Asked, error: unknown): Told {
  if (!(error instanceof ClusterRefusal) || ![401, 403].includes(error.status))
    return troubleWith(asked, error);
  const credential = asked.variable === "KUBERNETES_URL" ? "KUBERNETES_TOKEN" : asked.variable;
  return wrong(
    "cluster",
    `Kubernetes at ${asked.address} does not accept the credential (${error.status}).`,
    `Give it a token that holds, by ${credential}; in a pod, see that its service account's token is mounted.`,
  );
}
