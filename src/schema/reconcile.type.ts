import { Field, InputType, ObjectType } from "type-graphql";
import { DeployedKind } from "./deployed-kind.enum.ts";
import { ProjectDeployment } from "./project-deployment.type.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { EntityName } from "./scalars.ts";

@InputType("ReconcileInput", {
  description: "What of a project is to be looked at now; all of it if not said.",
})
export class ReconcileInput extends ProjectInput {
  @Field(() => DeployedKind, { nullable: true, description: "Only what is of this kind." })
  kind?: DeployedKind | null;

  @Field(() => EntityName, { nullable: true, description: "Only what people call this." })
  name?: string | null;
}

@ObjectType("ReconcilePayload", { description: "What is looked at now.", simpleResolvers: true })
export class ReconcilePayload {
  @Field(() => Project, { description: "Whose project it is of." })
  project!: Project;

  @Field(() => [ProjectDeployment], { description: "What is looked at, as it was." })
  deployments!: readonly ProjectDeployment[];
}
