import type { ClusterWatches } from "./cluster.watches.ts";
import {
  createProjectBoard,
  listed,
  staleness,
  type Followed,
  type ProjectBoard,
  type Staleness,
} from "./project.board.ts";
import { projectStatus, type ProjectStatus } from "./project.status.ts";

/** How a project does, and how far that can be believed. */
export interface ToldStatus {
  readonly status: ProjectStatus;
  readonly stale: Staleness;
}

/** A project whose status somebody follows. */
export type FollowedStatus = Followed<ToldStatus>;

/** How all projects do, put together when somebody asks. */
export type StatusBoard = ProjectBoard<ToldStatus>;

interface Options {
  readonly watches: ClusterWatches;
  readonly onListenerError: (error: unknown) => void;
}

/** A board over pods, deployments and who of them serves. */
export function createStatusBoard({ watches, onListenerError }: Options): StatusBoard {
  const { pods, deployments, endpoints } = watches;
  const begunAt = new Date();
  const kinds = [pods, deployments, endpoints];
  return createProjectBoard({
    sources: kinds.map((known) => ({ known })),
    compose: (key, audience) => {
      const parts = {
        pods: listed(pods, key),
        deployments: listed(deployments, key),
        endpoints: listed(endpoints, key),
      };
      const states = kinds.map(({ watch }) => watch.state());
      return { status: projectStatus(parts, audience), stale: staleness(states, begunAt) };
    },
    onListenerError,
  });
}
