import { Field, InputType, ObjectType } from "type-graphql";
import { PromotedFiles } from "./promotion.type.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { Producer } from "./producer.type.ts";
import { EnvironmentName, ProducerName } from "./scalars.ts";

@InputType("CreateEnvironmentInput", { description: "Which environment to make." })
export class CreateEnvironmentInput {
  @Field(() => ProducerName, { description: "Whose; you, unless you are a site admin." })
  producer!: string;

  @Field(() => EnvironmentName, { description: "What it is to be called: none that every producer has." })
  env!: string;

  @Field(() => EnvironmentName, {
    defaultValue: "main",
    description: "The project that it is to be one of; `main` is what the environments are of that all have.",
  })
  project!: string;

  @Field(() => EnvironmentName, {
    nullable: true,
    description: "Another environment of the producer's that is then promoted to it, functions included.",
  })
  from?: string | null;
}

@InputType("DeleteEnvironmentInput", {
  description: "Which environment to remove, with all that is saved in it.",
})
export class DeleteEnvironmentInput extends ProjectInput {
  @Field(() => String, {
    description: "The producer and the environment with a slash between, to say that it is really this one.",
  })
  confirm!: string;
}

@InputType("CreateProjectInput", { description: "Which project to make." })
export class CreateProjectInput {
  @Field(() => ProducerName, { description: "Whose; you, unless you are a site admin." })
  producer!: string;

  @Field(() => EnvironmentName, { description: "What the project is to be called." })
  name!: string;

  @Field(() => EnvironmentName, {
    nullable: true,
    description: "What its first environment is to be called; as the project unless you say otherwise.",
  })
  env?: string | null;
}

@InputType("DeleteProjectInput", { description: "Which project to remove, with all its environments." })
export class DeleteProjectInput {
  @Field(() => ProducerName, { description: "Whose; you, unless you are a site admin." })
  producer!: string;

  @Field(() => EnvironmentName, { description: "What the project is called." })
  name!: string;

  @Field(() => [EnvironmentName], {
    description: "All its environments, to say that it is really these.",
  })
  confirm!: readonly string[];
}

@ObjectType("CreateEnvironmentPayload", {
  description: "An environment with all that belongs to one.",
  simpleResolvers: true,
})
export class CreateEnvironmentPayload {
  @Field(() => Project, { description: "The environment." })
  project!: Project;

  @Field(() => [String], {
    description: "The repositories that had to be made; empty when the environment was already whole.",
  })
  createdRepos!: readonly string[];

  @Field(() => PromotedFiles, {
    nullable: true,
    description:
      "What was promoted to it; null where nothing was to be, or something is saved there already.",
  })
  promoted?: PromotedFiles | undefined;

  @Field(() => PromotedFiles, {
    nullable: true,
    description:
      "What was promoted to the repository of its functions; null where nothing was to be, or something is saved there already.",
  })
  promotedFunctions?: PromotedFiles | undefined;
}

@ObjectType("DeleteEnvironmentPayload", {
  description: "Whose environments were removed.",
  simpleResolvers: true,
})
export class DeleteEnvironmentPayload {
  @Field(() => Producer, { description: "The producer." })
  producer!: Producer;

  @Field(() => [EnvironmentName], { description: "The environments that are gone." })
  deleted!: readonly string[];
}
