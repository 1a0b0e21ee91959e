import { Field, ObjectType } from "type-graphql";
import { Model } from "./model.type.ts";
import { Project } from "./project.type.ts";
import { ModelName } from "./scalars.ts";
import { WriteStep } from "./step.type.ts";
import { WriteOutcome } from "./write.type.ts";

const stepsDescription = "What was done, in its order; empty when nothing differed.";

@ObjectType("SaveModelPayload", { description: "A model that was saved.", simpleResolvers: true })
export class SaveModelPayload {
  @Field(() => Model, { description: "The model as it now is." })
  model!: Model;

  @Field(() => Project, { description: "The project that it is part of." })
  project!: Project;

  @Field(() => [WriteStep], { description: stepsDescription })
  steps!: WriteStep[];

  @Field(() => WriteOutcome, { description: "How it went along with the writes of others." })
  outcome!: WriteOutcome;
}

@ObjectType("DeleteModelPayload", { description: "A model that was deleted.", simpleResolvers: true })
export class DeleteModelPayload {
  @Field(() => ModelName, { description: "The name it had." })
  deletedName!: string;

  @Field(() => Project, { description: "The project that it was part of." })
  project!: Project;

  @Field(() => [WriteStep], { description: stepsDescription })
  steps!: WriteStep[];
}
