import { z } from "zod";
import type { DeploymentKind, DeploymentState } from "./deployment.record.ts";
import type { EventShapes } from "./far.hubs.ts";
import type { ChangeAudience, LiveEvents, ProjectChangeKind } from "./live-events.ts";

/** All words of a type: one that is missing here would be taken for nonsense. */
type All<Word extends string> = { readonly [Each in Word]: Each };

const text = z.string();
const time = z.iso.datetime();

const changeKind = z.enum({
  CANVAS: "CANVAS",
  MODELS: "MODELS",
  DATA_SOURCES: "DATA_SOURCES",
  FILES: "FILES",
  FUNCTIONS: "FUNCTIONS",
  GATEWAYS: "GATEWAYS",
  WORKSPACE: "WORKSPACE",
  CLEARED: "CLEARED",
  PUSH: "PUSH",
  UNHEARD: "UNHEARD",
} satisfies All<ProjectChangeKind>);

const audience = z.enum({ project: "project", functions: "functions" } satisfies All<ChangeAudience>);

const push = z
  .object({ branch: text, commit: text.optional(), author: text.optional(), isExternal: z.boolean() })
  .transform(({ commit, author, ...rest }) => ({ ...rest, commit, author }));

const deploymentKind = z.enum({ DEPLOY: "DEPLOY", UNDEPLOY: "UNDEPLOY" } satisfies All<DeploymentKind>);

const deploymentState = z.enum({
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  SUCCEEDED: "SUCCEEDED",
  FAILED: "FAILED",
  UNKNOWN: "UNKNOWN",
  CANCELLED: "CANCELLED",
} satisfies All<DeploymentState>);

/** What every event must be that another replica tells; what is undefined is not there in JSON. */
export const eventShapes: EventShapes<LiveEvents> = {
  projectChanged: z
    .object({
      producer: text,
      env: text,
      audience,
      by: text.optional(),
      kind: changeKind,
      entities: z.array(text),
      unnamed: z.number(),
      revision: text.optional(),
      push: push.optional(),
    })
    .transform(({ by, revision, push: pushed, ...rest }) => ({ ...rest, by, revision, push: pushed })),
  deploymentChanged: z.object({
    key: text,
    producer: text,
    env: text,
    functionName: text,
    kind: deploymentKind,
    state: deploymentState,
    reason: text.optional(),
    revision: text.optional(),
    queuedAt: time,
    startedAt: time.optional(),
    finishedAt: time.optional(),
    seenAt: time.optional(),
    by: text,
  }),
  pushHeard: z
    .object({
      producer: text,
      repository: text,
      branch: text,
      before: text.optional(),
      after: text.optional(),
      by: text.optional(),
      isExternal: z.boolean(),
    })
    .transform(({ before, after, by, ...rest }) => ({ ...rest, before, after, by })),
  presenceChanged: z.object({ replica: text }),
  rightsChanged: z.object({ owner: text, name: text }),
};
