import { GraphQLDateTime } from "graphql-scalars";
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { ProjectInput } from "./project.type.ts";
import { ConsumerName, EntityName } from "./scalars.ts";

@ObjectType("AutoGatewayKey", {
  description: "A key to the gateway of a project's whole API, without its secret.",
  simpleResolvers: true,
})
export class AutoGatewayKey {
  @Field(() => String, { description: "Its id: what stands before the colon." })
  id!: string;

  @Field(() => String, { description: "What it is called." })
  name!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was made." })
  createdAt?: Date | undefined;

  @Field(() => Boolean, { description: "Whether it is accepted; one that was revoked is not." })
  isActive!: boolean;
}

@ObjectType("AutoGateway", {
  description:
    "The gateway that the platform makes of a running project's whole API: it serves every path that the project describes to whoever has a key.",
  simpleResolvers: true,
})
export class AutoGateway {
  /** Whose it is. */
  producer!: string;
  env!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is to run; null where nobody has said, and the platform's own rule holds.",
  })
  isEnabled?: boolean | undefined;

  @Field(() => Boolean, { description: "Whether it runs: it does not while it does not answer." })
  isRunning!: boolean;

  @Field(() => String, { nullable: true, description: "The host that it is reached under." })
  host?: string | undefined;

  @Field(() => Int, { nullable: true, description: "How many paths it serves." })
  pathsCount?: number | undefined;
}

@InputType("CreateAutoGatewayKeyInput", { description: "A key to the gateway of a project's whole API." })
export class CreateAutoGatewayKeyInput extends ProjectInput {
  @Field(() => EntityName, { description: "What it is called: no other that is accepted is called so." })
  name!: string;
}

@InputType("RevokeAutoGatewayKeyInput", { description: "Which key is accepted no more." })
export class RevokeAutoGatewayKeyInput extends ProjectInput {
  @Field(() => ConsumerName, { description: "Its id." })
  id!: string;
}

@ObjectType("CreateAutoGatewayKeyPayload", { description: "A key just made.", simpleResolvers: true })
export class CreateAutoGatewayKeyPayload {
  @Field(() => String, { description: "Its id." })
  id!: string;

  @Field(() => String, { description: "What it is called." })
  name!: string;

  @Field(() => String, {
    description: "The whole key, secret and all. It is told this once and cannot be asked for again.",
  })
  key!: string;

  @Field(() => String, { description: "The header to send with each call." })
  header!: string;
}

@ObjectType("RevokeAutoGatewayKeyPayload", { description: "A key that was revoked.", simpleResolvers: true })
export class RevokeAutoGatewayKeyPayload {
  @Field(() => String, { description: "Its id." })
  id!: string;
}
