import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { GraphQLDateTime } from "graphql-scalars";
import type { HeardStatus } from "../services/workspace/running/status.feeds.ts";
import type { StoredStatus } from "../services/workspace/status.reader.ts";
import { Project, ProjectInput } from "./project.type.ts";

/** What a workspace is doing. */
export enum WorkspaceState {
  RUNNING = "RUNNING",
  INSTALLING = "INSTALLING",
  CRASHED = "CRASHED",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(WorkspaceState, {
  name: "WorkspaceState",
  description: "What a workspace is doing.",
  valuesConfig: {
    RUNNING: { description: "It runs the project, as far as it knows." },
    INSTALLING: { description: "It installs what the project depends on; until then the project is down." },
    CRASHED: { description: "The project has ended with an error; `output` may say which." },
    UNKNOWN: { description: "It says something that the gateway has no word for." },
  },
});

@ObjectType("Workspace", {
  description: "What runs a project: its models' API and what works on its files.",
  simpleResolvers: true,
})
export class Workspace {
  @Field(() => WorkspaceState, { description: "What it is doing." })
  status!: WorkspaceState;

  @Field(() => String, { description: "What it last said of that; empty when there is nothing to say." })
  output!: string;

  @Field(() => String, {
    description: "Tells one start of the workspace from the next: files pushed by others make a new one.",
  })
  instance!: string;

  @Field(() => Boolean, { description: "Whether it says that the project's process runs." })
  running!: boolean;

  @Field(() => String, { description: "The commit of the project's repository that it has checked out." })
  commit!: string;
}

/** A workspace as the graph shows it. */
export function toWorkspace({ status, ...rest }: StoredStatus): Workspace {
  const states: Readonly<Record<string, WorkspaceState>> = WorkspaceState;
  const state = states[status.toUpperCase()] ?? WorkspaceState.UNKNOWN;
  return Object.assign(new Workspace(), { ...rest, status: state });
}

@ObjectType("LiveWorkspace", {
  description: "What a workspace is doing, as far as it is heard.",
  simpleResolvers: true,
})
export class LiveWorkspace {
  @Field(() => Workspace, {
    nullable: true,
    description: "What it was last heard to be doing; null when it has not been heard yet.",
  })
  workspace?: Workspace;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when it is not heard: until it is again, it may be doing anything.",
  })
  staleSince?: Date;
}

/** A workspace that is followed, as the graph shows it. */
export function toLiveWorkspace({ status, staleSince }: HeardStatus): LiveWorkspace {
  return Object.assign(new LiveWorkspace(), { workspace: status && toWorkspace(status), staleSince });
}

@InputType("WorkspaceInput", { description: "Whose workspace." })
export class WorkspaceInput extends ProjectInput {}

@ObjectType("WorkspacePayload", {
  description: "A project and its workspace after a change.",
  simpleResolvers: true,
})
export class WorkspacePayload {
  @Field(() => Project, { description: "The project as it now is." })
  project!: Project;
}
