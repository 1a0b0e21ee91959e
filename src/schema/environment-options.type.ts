import { Field, InputType, ObjectType } from "type-graphql";
import type { EnvironmentOptions as StoredOptions } from "../services/environment.options.ts";
import { shownVariable } from "../services/shown.variables.ts";
import { ProjectInput } from "./project.type.ts";
import { VariableName, VariableValue } from "./scalars.ts";

@ObjectType("EnvironmentVariable", {
  description: "Something that a workspace is told in its environment.",
  simpleResolvers: true,
})
export class EnvironmentVariable {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Its value, with *** in place of credentials in addresses; null for what is a secret by its name or its looks.",
  })
  value?: string | undefined;
}

@ObjectType("EnvironmentOptions", {
  description: "What is set for an environment, besides what is drawn on its canvas.",
  simpleResolvers: true,
})
export class EnvironmentOptions {
  @Field(() => [EnvironmentVariable], {
    description: "What its workspace is told in its environment, by name. Functions are not told.",
  })
  variables!: readonly EnvironmentVariable[];

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a gateway serves the running project's whole API; null where nobody has said.",
  })
  autoGateway?: boolean | undefined;
}

/** What is set for an environment as the graph shows it. */
export function toEnvironmentOptions({ variables, autoGateway }: StoredOptions): EnvironmentOptions {
  const shown = Object.entries(variables).map(([name, value]) => ({
    name,
    value: shownVariable(name, value),
  }));
  return { variables: shown.sort((one, other) => (one.name < other.name ? -1 : 1)), autoGateway };
}

@InputType("EnvironmentVariableInput", { description: "A variable with its value." })
export class EnvironmentVariableInput {
  @Field(() => VariableName, { description: "Its name." })
  name!: string;

  @Field(() => VariableValue, {
    description: "Its value; what was shown of it, *** in its place, stands for what it is.",
  })
  value!: string;
}

@InputType("SetVariablesInput", {
  description: "What a workspace is to be told in its environment: what is left out stays as it is.",
})
export class SetVariablesInput extends ProjectInput {
  @Field(() => [EnvironmentVariableInput], { defaultValue: [], description: "What is added or replaced." })
  set!: readonly EnvironmentVariableInput[];

  @Field(() => [VariableName], { defaultValue: [], description: "The names of what is taken away." })
  remove!: readonly string[];
}

@InputType("SetAutoGatewayInput", {
  description: "Whether a gateway is to serve the running project's whole API.",
})
export class SetAutoGatewayInput extends ProjectInput {
  @Field(() => Boolean, { description: "Whether." })
  enabled!: boolean;
}
