import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant } from "../permissions/grant.ts";
import { toDeployment } from "../schema/deployment.type.ts";
import {
  ClearFunctionsPayload,
  CreateFunctionPayload,
  DeleteFunctionPayload,
  ReorderFunctionsPayload,
  SaveFunctionPayload,
} from "../schema/function-payload.type.ts";
import {
  ClearFunctionsInput,
  CreateFunctionInput,
  DeleteFunctionInput,
  ReorderFunctionsInput,
  SaveFunctionInput,
  toFunctionChange,
  toNewFunction,
} from "../schema/function-write.type.ts";
import { toFunction } from "../schema/function.type.ts";
import { WriteOutcome } from "../schema/write.type.ts";
import { askerOf } from "./deployment-asking.ts";
import { announceFunctions, told } from "./project-changes.ts";

type Write = FunctionsGrant<"write">;

/** Does a write of functions, tells of it, and lets what this request asks after it be read anew, done or not. */
async function written<Result>(
  context: SignedIn,
  grant: Write,
  names: readonly string[],
  write: Promise<Result>,
): Promise<Result> {
  return told(write.finally(context.lookups.functions.forget), () =>
    announceFunctions(context, grant, names),
  );
}

/** Changes of functions as they are saved. */
@Resolver()
export class FunctionWriteResolver {
  @Mutation(() => CreateFunctionPayload, {
    nullable: true,
    description:
      "Makes a function out of its runtime's template, with the files that are to differ, and deploys it if that is asked for.",
  })
  @Can("functions:write", { on: "input.project" })
  async createFunction(
    @Granted() grant: Write,
    @Arg("input", () => CreateFunctionInput, { description: "Whose, and what it is to be." })
    input: CreateFunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<CreateFunctionPayload> {
    const { functions } = context.services;
    const asker = await askerOf(context, grant);
    const { made, deployment } = await written(
      context,
      grant,
      [input.name],
      functions.create(grant, toNewFunction(input), asker),
    );
    return { function: toFunction(grant, made), deployment: deployment && toDeployment(deployment) };
  }

  @Mutation(() => SaveFunctionPayload, {
    nullable: true,
    description:
      "Changes a saved function: of its files only those that differ are written. What runs of it stays as it is until it is deployed.",
  })
  @Can("functions:write", { on: "input.project" })
  async saveFunction(
    @Granted() grant: Write,
    @Arg("input", () => SaveFunctionInput, { description: "Whose, which, and what is to differ." })
    input: SaveFunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveFunctionPayload> {
    const { functions } = context.services;
    const change = toFunctionChange(input);
    const { saved, outcome } = await written(
      context,
      grant,
      [input.name],
      functions.save(grant, input.name, change),
    );
    return { function: toFunction(grant, saved), outcome: WriteOutcome[outcome] };
  }

  @Mutation(() => DeleteFunctionPayload, {
    nullable: true,
    description:
      "Takes what runs of a function off the cluster and deletes it; when the first fails, the function stays.",
  })
  @Can("functions:write", { on: "input.project" })
  async deleteFunction(
    @Granted() grant: Write,
    @Arg("input", () => DeleteFunctionInput, { description: "Whose, and which." })
    { name, revision }: DeleteFunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteFunctionPayload> {
    await written(
      context,
      grant,
      [name],
      context.services.functions.remove(grant, name, revision ?? undefined),
    );
    return { deletedName: name };
  }

  @Mutation(() => ReorderFunctionsPayload, {
    nullable: true,
    description: "Puts functions in an order, by writing the places of those that are elsewhere.",
  })
  @Can("functions:write", { on: "input.project" })
  async reorderFunctions(
    @Granted() grant: Write,
    @Arg("input", () => ReorderFunctionsInput, { description: "Whose, and the order." })
    { names }: ReorderFunctionsInput,
    @Ctx() context: SignedIn,
  ): Promise<ReorderFunctionsPayload> {
    const functions = await written(context, grant, names, context.services.functions.reorder(grant, names));
    return { functions: functions.map((each) => toFunction(grant, each)) };
  }

  @Mutation(() => ClearFunctionsPayload, {
    nullable: true,
    description:
      "Takes all functions off the cluster and deletes them, one after the other. It cannot be undone here; the repository's history has them.",
  })
  @Can("functions:admin", { on: "input.project" })
  async clearFunctions(
    @Granted() grant: FunctionsGrant<"admin">,
    @Arg("input", () => ClearFunctionsInput, { description: "Whose." }) _input: ClearFunctionsInput,
    @Ctx() context: SignedIn,
  ): Promise<ClearFunctionsPayload> {
    const { services, lookups } = context;
    const write = services.functions.clear(grant).finally(lookups.functions.forget);
    const deletedNames = await told(write, (names) => announceFunctions(context, grant, names ?? []));
    return { deletedNames };
  }
}
