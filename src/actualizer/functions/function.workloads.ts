import { z } from "zod";
import { readDeployment, type DeploymentRecord } from "../../services/kubernetes/deployment.reader.ts";
import type { Place } from "../names/object.names.ts";
import { know, standingOf, type KnownObjects, type WatchMeans } from "../controller/known.objects.ts";
import { ownedKinds } from "../controller/owned.kinds.ts";

/** What runs a function, as it was last seen. */
export interface FunctionWorkload {
  readonly name: string;
  readonly uid: string;
  /** It is on its way out. */
  readonly isLeaving: boolean;
  /** How far it is; undefined where it does not say whose it is. */
  readonly record: DeploymentRecord | undefined;
}

/** The functions that run, by what the cluster calls them. */
export interface FunctionWorkloads extends KnownObjects {
  readonly of: (workload: string) => FunctionWorkload | undefined;
  /** Tells which have changed. */
  readonly listen: (listener: (workload: string) => void) => () => void;
}

/** What the cluster calls a function: one name for all producers. */
export const workloadName = ({ producer, env }: Place, name: string) => `fn-${producer}-${env}-${name}`;

const shape = z.looseObject({
  metadata: z.looseObject({ name: z.string(), uid: z.string(), deletionTimestamp: z.string().nullish() }),
});

function read(object: unknown): FunctionWorkload {
  const { name, uid, deletionTimestamp } = shape.parse(object).metadata;
  return { name, uid, isLeaving: deletionTimestamp != null, record: readDeployment(object) };
}

/** Watches what runs functions, whoever has deployed them; nothing begins before it is started. */
export function watchFunctionWorkloads(means: WatchMeans): FunctionWorkloads {
  const keyOf = ({ name }: FunctionWorkload) => name;
  const known = know<FunctionWorkload>(means, ownedKinds.Deployment, {
    keyOf,
    read,
    labelSelector: "app=kubeless-fn",
  });
  const { index } = known;
  return {
    ...standingOf([["function-deployments", known]]),
    of: (workload) => index.of(workload).at(-1),
    listen: (listener) => index.listenToAll((_changes, workload) => listener(workload)),
  };
}
