import { Field, InputType, ObjectType } from "type-graphql";
import { connectionType } from "./connection.type.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import { EnvironmentName, Login, ProducerName } from "./scalars.ts";

@ObjectType("Producer", {
  implements: Node,
  description: "A LunchBadger user: an account that owns projects and functions.",
  simpleResolvers: true,
})
export class Producer extends Node {
  @Field(() => ProducerName, { description: "The producer's name." })
  name!: string;

  @Field(() => Login, {
    description: "The producer's Gitea account: the platform's prefix, a dash and the name.",
  })
  login!: string;

  @Field(() => [EnvironmentName], {
    description: "The environments that every producer of this platform may have a project in.",
  })
  environments!: readonly string[];
}

export const ProducerConnection = connectionType("Producer", () => Producer);

/** A producer as the graph shows them. */
export function toProducer(name: string, login: string, environments: readonly string[]): Producer {
  return Object.assign(new Producer(), { id: toGlobalId("Producer", name), name, login, environments });
}

@InputType("CreateProducerInput", { description: "Which producer to make." })
export class CreateProducerInput {
  @Field(() => ProducerName, { description: "The producer's name; yours, unless you are a site admin." })
  name!: string;
}

@ObjectType("CreateProducerPayload", {
  description: "A producer with all that belongs to one.",
  simpleResolvers: true,
})
export class CreateProducerPayload {
  @Field(() => Producer, { description: "The producer." })
  producer!: Producer;

  @Field(() => [String], {
    description: "The repositories that had to be made; empty when the producer was already whole.",
  })
  createdRepos!: readonly string[];
}
