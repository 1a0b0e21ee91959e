import { Field, ObjectType } from "type-graphql";
import { Deployment } from "./deployment.type.ts";
import { ServerlessFunction } from "./function.type.ts";
import { FunctionName } from "./scalars.ts";
import { WriteOutcome } from "./write.type.ts";

@ObjectType("CreateFunctionPayload", { description: "A function that was made.", simpleResolvers: true })
export class CreateFunctionPayload {
  @Field(() => ServerlessFunction, { description: "The function as it now is." })
  function!: ServerlessFunction;

  @Field(() => Deployment, {
    nullable: true,
    description: "Its deployment, which goes on after the answer; null when none was asked for.",
  })
  deployment?: Deployment | undefined;
}

@ObjectType("SaveFunctionPayload", { description: "A function that was saved.", simpleResolvers: true })
export class SaveFunctionPayload {
  @Field(() => ServerlessFunction, { description: "The function as it now is." })
  function!: ServerlessFunction;

  @Field(() => WriteOutcome, { description: "How it went along with the writes of others." })
  outcome!: WriteOutcome;
}

@ObjectType("DeploymentPayload", {
  description: "A deployment that was asked for; it goes on after the answer.",
  simpleResolvers: true,
})
export class DeploymentPayload {
  @Field(() => Deployment, { description: "The deployment: ask for it again, or listen to it, by its id." })
  deployment!: Deployment;

  @Field(() => ServerlessFunction, { description: "The function as it is saved." })
  function!: ServerlessFunction;
}

@ObjectType("DeleteFunctionPayload", { description: "A function that was deleted.", simpleResolvers: true })
export class DeleteFunctionPayload {
  @Field(() => FunctionName, { description: "The name it had." })
  deletedName!: string;
}

@ObjectType("ReorderFunctionsPayload", {
  description: "Functions that were put in an order.",
  simpleResolvers: true,
})
export class ReorderFunctionsPayload {
  @Field(() => [ServerlessFunction], { description: "All functions, in their order." })
  functions!: readonly ServerlessFunction[];
}

@ObjectType("ClearFunctionsPayload", { description: "Functions that were deleted.", simpleResolvers: true })
export class ClearFunctionsPayload {
  @Field(() => [FunctionName], { description: "The names they had." })
  deletedNames!: readonly string[];
}
