import type { Known } from "../kubernetes/cluster.watches.ts";
import type { DeploymentRecord } from "../kubernetes/deployment.reader.ts";
import {
  createProjectBoard,
  staleness,
  type ProjectBoard,
  type Staleness,
} from "../kubernetes/project.board.ts";
import type { Audience } from "../kubernetes/project.status.ts";
import { projectOf } from "../../live/live-events.ts";
import { byPlace, type ResourceRecord } from "./resource.record.ts";
import type { ResourceWatches } from "./resource.watches.ts";
import { isUpToDate, summaryOf } from "./resource.words.ts";

/** What is to run of something in a project, how far that has come, and what is said of it. */
export interface ProjectDeployment extends Omit<ResourceRecord, "generation" | "observed" | "answered"> {
  /** Whether what is wanted last has been worked on, and nothing of it was refused. */
  readonly isUpToDate: boolean;
  /** How many pods there are to be, and how many of them answer; undefined where the cluster tells of none. */
  readonly pods: { readonly wanted: number; readonly ready: number } | undefined;
  readonly summary: string;
}

/** What is to run of a project, and how far what is told of it can be believed. */
export interface ToldDeployments {
  readonly deployments: readonly ProjectDeployment[];
  readonly stale: Staleness;
}

interface Means {
  readonly watches: ResourceWatches;
  /** The cluster's own. */
  readonly workloads: Known<DeploymentRecord>;
  /** What the cluster calls a function that it runs. */
  readonly functionWorkload: (producer: string, env: string, name: string) => string;
  readonly onListenerError: (error: unknown) => void;
}

/** The platform's words come first, and particulars after them: those may name functions. */
const firstSentence = (message: string) => /^[^.]*\.?/.exec(message)?.[0] ?? "";

/** A workspace as those are told of it who may not read functions: nothing of what keeps and deploys them. */
function withoutFunctions(resource: ResourceRecord): ResourceRecord {
  if (resource.kind !== "WORKSPACE") return resource;
  const { producer, env, isEnabled, hosts, images, conditions } = resource;
  return {
    ...resource,
    hosts: hosts.filter((host) => !host.startsWith(`sls-${producer}-${env}.`)),
    // Its own is the first; of one that is not to run only what takes functions back is left.
    images: isEnabled ? images.slice(0, 1) : [],
    conditions: conditions.map((each) => ({ ...each, message: firstSentence(each.message) })),
  };
}

/** Puts together what a project's resources and their pods tell. */
export function createDeploymentsBoard(means: Means): ProjectBoard<ToldDeployments> {
  const { watches, workloads, functionWorkload, onListenerError } = means;
  const begunAt = new Date();
  const ofProject = [watches.WORKSPACE, watches.GATEWAY];
  const producerOf = (key: string) => projectOf(key).producer;

  function podsOf(resource: ResourceRecord, all: readonly DeploymentRecord[], audience: Audience) {
    const isIts = ({ kind, name, entityName }: DeploymentRecord): boolean => {
      switch (resource.kind) {
        case "WORKSPACE":
          return kind === "WORKSPACE" || (audience === "functions" && kind === "SLS_API");
        case "GATEWAY":
          return kind === "GATEWAY" && entityName === resource.instance;
        default:
          return name === functionWorkload(resource.producer, resource.env, resource.name);
      }
    };
    const own = all.filter(isIts);
    if (own.length === 0) return undefined;
    const sum = (count: (each: DeploymentRecord) => number) => own.reduce((so, each) => so + count(each), 0);
    return { wanted: sum(({ wanted }) => wanted), ready: sum(({ available }) => available) };
  }

  return createProjectBoard<ToldDeployments>({
    sources: [
      ...[...ofProject, watches.FUNCTION, workloads].map((known) => ({ known })),
      { known: watches.PRODUCER, groupOf: producerOf },
    ],
    compose: (key, audience) => {
      const kinds = audience === "functions" ? [...ofProject, watches.FUNCTION] : ofProject;
      const isProducerPaused = watches.PRODUCER.index.of(producerOf(key)).some(({ isPaused }) => isPaused);
      const running = workloads.index.of(key);
      const deployments = kinds
        .flatMap(({ index }) => index.of(key))
        .sort(byPlace)
        .map((resource): ProjectDeployment => {
          const isPaused = resource.isPaused || isProducerPaused;
          const shown = audience === "functions" ? resource : withoutFunctions(resource);
          const { generation: _generation, observed: _observed, answered: _answered, ...kept } = shown;
          return {
            ...kept,
            isPaused,
            isUpToDate: isUpToDate(resource),
            pods: podsOf(resource, running, audience),
            summary: summaryOf(shown, isPaused),
          };
        });
      const states = [...kinds, watches.PRODUCER, workloads].map(({ watch }) => watch.state());
      return { deployments, stale: staleness(states, begunAt) };
    },
    onListenerError,
  });
}
