import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { BadUserInput } from "../errors.ts";
import type { RestartTarget } from "../services/kubernetes/restarts.ts";
import { Pod } from "./pod.type.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { EntityId, EntityName, FunctionName } from "./scalars.ts";
import { WorkspaceInput } from "./workspace.type.ts";

/** What of a workspace is started anew. */
export enum WorkspacePart {
  PROJECT = "PROJECT",
  POD = "POD",
}

registerEnumType(WorkspacePart, {
  name: "WorkspacePart",
  description: "What of a workspace is started anew.",
  valuesConfig: {
    PROJECT: { description: "The project's process, in the pod where it is." },
    POD: { description: "All of it: another pod takes the place of the one that runs." },
  },
});

@InputType("RestartWorkspaceInput", { description: "Whose workspace, and what of it." })
export class RestartWorkspaceInput extends WorkspaceInput {
  @Field(() => WorkspacePart, {
    defaultValue: WorkspacePart.PROJECT,
    description: "What of it is started anew.",
  })
  part!: WorkspacePart;
}

@InputType("RestartPodInput", { description: "Which pod." })
export class RestartPodInput {
  @Field(() => ID, { description: "The pod's id, as an earlier answer gave it." })
  pod!: string;
}

@InputType("RestartGatewayInput", { description: "Which gateway: by its id or by its name." })
export class RestartGatewayInput extends ProjectInput {
  @Field(() => EntityId, { nullable: true, description: "The id that the canvas gave it." })
  id?: string | null;

  @Field(() => EntityName, { nullable: true, description: "Its name, as it is in the names of its pods." })
  name?: string | null;
}

@ObjectType("RestartPodPayload", {
  description: "A pod that is being stopped; another takes its place.",
  simpleResolvers: true,
})
export class RestartPodPayload {
  @Field(() => Pod, { description: "The pod as it was." })
  pod!: Pod;
}

@ObjectType("RestartGatewayPayload", {
  description: "A gateway whose pods are being replaced.",
  simpleResolvers: true,
})
export class RestartGatewayPayload {
  @Field(() => Project, { description: "The project that it is in." })
  project!: Project;

  @Field(() => GraphQLDateTime, { description: "When that was asked for." })
  restartedAt!: Date;
}

@ObjectType("RestartFunctionPayload", {
  description: "A function whose pods are being replaced.",
  simpleResolvers: true,
})
export class RestartFunctionPayload {
  @Field(() => FunctionName, { description: "Its name." })
  name!: string;

  @Field(() => GraphQLDateTime, { description: "When that was asked for." })
  restartedAt!: Date;
}

/** The gateway that is meant; saying nothing of it, or two things, is a mistake. */
export function toGatewayTarget({ id, name }: RestartGatewayInput): RestartTarget {
  const by = [id == null ? [] : { id }, name == null ? [] : { name }].flat();
  const [only] = by;
  if (only && by.length === 1) return { kind: "GATEWAY", ...only };
  throw new BadUserInput([{ field: "input", message: "must say either id or name" }]);
}
