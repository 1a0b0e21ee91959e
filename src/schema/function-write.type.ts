import { Field, Float, InputType } from "type-graphql";
import { BadUserInput, type Problem } from "../errors.ts";
import type { NewFunction } from "../services/functions/function.creation.ts";
import type { FunctionChangeFrom } from "../services/functions/function.saving.ts";
import type { PlacedFile } from "../services/workspace/files/file.places.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { ProjectInput } from "./project.type.ts";
import { EntityId, FilePath, FunctionName, JsonMap, Revision } from "./scalars.ts";

const revisionDescription = "The revision that the change started from. Without one, the last write wins.";

@InputType("FunctionFileInput", { description: "A file of a function to write or to delete." })
export class FunctionFileInput {
  @Field(() => FilePath, { description: "Where in the function's folder." })
  path!: string;

  @Field(() => String, { nullable: true, description: "What is to be in it; null deletes it." })
  text?: string | null;
}

@InputType()
abstract class FunctionFields extends ProjectInput {
  @Field(() => FunctionName, { description: "Its name, unlike all others in more than case." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What is called of it, such as handler.fn: a file without its ending, and what it exports.",
  })
  handler?: string | null;

  @Field(() => JsonMap, {
    nullable: true,
    description: "All its labels but the platform's own, which stay: each a text.",
  })
  labels?: JsonObject | null;

  @Field(() => EntityId, { nullable: true, description: "The id that the canvas gives it." })
  lunchbadgerId?: string | null;

  @Field(() => Float, { nullable: true, description: "Its place in the row; a new one comes last." })
  itemOrder?: number | null;

  @Field(() => [FunctionFileInput], {
    nullable: true,
    description: "The files that are to differ, each once; others stay as they are.",
  })
  files?: readonly FunctionFileInput[] | null;
}

@InputType("CreateFunctionInput", { description: "A function to make out of its runtime's template." })
export class CreateFunctionInput extends FunctionFields {
  @Field(() => String, { description: "What it is written for, as one of `runtimes` by its id." })
  runtime!: string;

  @Field(() => Boolean, { defaultValue: false, description: "Whether to deploy it at once." })
  deploy!: boolean;
}

@InputType("SaveFunctionInput", { description: "What of a function is to differ." })
export class SaveFunctionInput extends FunctionFields {
  @Field(() => Revision, { nullable: true, description: revisionDescription })
  revision?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What it is written for, as one of `runtimes` by its id; its files stay as they are.",
  })
  runtime?: string | null;

  @Field(() => JsonMap, {
    nullable: true,
    description:
      "The whole serverless document, in place of the saved one. It may deploy nothing but this function, and what else is said here is put into it.",
  })
  serverless?: JsonObject | null;
}

@InputType("FunctionInput", { description: "Which function." })
export class FunctionInput extends ProjectInput {
  @Field(() => FunctionName, { description: "Its name." })
  name!: string;
}

@InputType("DeleteFunctionInput", { description: "Which function to delete." })
export class DeleteFunctionInput extends FunctionInput {
  @Field(() => Revision, {
    nullable: true,
    description:
      "The revision that it is deleted as. Without one, it is deleted whatever others have changed.",
  })
  revision?: string | null;
}

@InputType("ReorderFunctionsInput", { description: "In which order functions are to be." })
export class ReorderFunctionsInput extends ProjectInput {
  @Field(() => [FunctionName], {
    description: "Their names in the new order; those not named come after, in the order they are in.",
  })
  names!: readonly string[];
}

@InputType("ClearFunctionsInput", { description: "Whose functions to delete." })
export class ClearFunctionsInput extends ProjectInput {}

/** Files as they are wanted; a text that is left out is taken for a mistake, since null deletes. */
function toPlacedFiles(files: readonly FunctionFileInput[] | null | undefined): readonly PlacedFile[] {
  const problems = (files ?? []).flatMap(({ text }, index): Problem[] =>
    text === undefined ? [{ field: `input.files.${index}.text`, message: "must be said; null deletes" }] : [],
  );
  if (problems.length > 0) throw new BadUserInput(problems);
  return (files ?? []).map(({ path, text }) => ({ path, text: text ?? undefined }));
}

function toFields({ handler, labels, lunchbadgerId, itemOrder, files }: FunctionFields) {
  return {
    handler: handler ?? undefined,
    labels: labels ?? undefined,
    lunchbadgerId: lunchbadgerId ?? undefined,
    itemOrder: itemOrder ?? undefined,
    files: toPlacedFiles(files),
  };
}

/** What an input says of a function that is to be made. */
export function toNewFunction(input: CreateFunctionInput): NewFunction {
  const { name, runtime, deploy } = input;
  return { name, runtime, isDeployed: deploy, ...toFields(input) };
}

/** What an input says of a function that is there. */
export function toFunctionChange(input: SaveFunctionInput): FunctionChangeFrom {
  const { runtime, serverless, revision } = input;
  return {
    ...toFields(input),
    runtime: runtime ?? undefined,
    serverless: serverless ?? undefined,
    revision: revision ?? undefined,
  };
}
