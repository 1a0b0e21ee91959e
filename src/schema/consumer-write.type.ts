import { Field, InputType, ObjectType } from "type-graphql";
import { ConsumerApp, Consumers, ConsumerUser } from "./consumer.type.ts";
import { ProjectInput } from "./project.type.ts";
import { ConsumerName, EmailAddress, EntityId, EntityName, ScopeName, WebAddress } from "./scalars.ts";

/** What every change of a gateway's callers is told. */
@InputType()
export abstract class ConsumerChangeInput extends ProjectInput {
  @Field(() => EntityId, {
    description: "The id of a gateway that runs; all of the project share their callers.",
  })
  gateway!: string;
}

@InputType("CreateConsumerUserInput", { description: "Somebody who is to call the gateways." })
export class CreateConsumerUserInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The name, which nobody else has and which stays." })
  username!: string;

  @Field(() => EntityName, { description: "The first name." })
  firstname!: string;

  @Field(() => EntityName, { description: "The last name." })
  lastname!: string;

  @Field(() => EmailAddress, { nullable: true, description: "The e-mail address." })
  email?: string | null;

  @Field(() => WebAddress, {
    nullable: true,
    description: "Where to send people back to who have signed in.",
  })
  redirectUri?: string | null;
}

@InputType("UpdateConsumerUserInput", {
  description: "What is to be different about a user: what is left out stays as it is.",
})
export class UpdateConsumerUserInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The user's name or id." })
  user!: string;

  @Field(() => EntityName, { nullable: true, description: "The first name." })
  firstname?: string | null;

  @Field(() => EntityName, { nullable: true, description: "The last name." })
  lastname?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: "The e-mail address; null takes it away." })
  email?: string | null;

  @Field(() => WebAddress, {
    nullable: true,
    description: "Where to send people back to; null takes it away.",
  })
  redirectUri?: string | null;
}

@InputType("CreateConsumerAppInput", { description: "An application that is to call the gateways." })
export class CreateConsumerAppInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The name or id of the user whose it is." })
  user!: string;

  @Field(() => EntityName, { description: "What it is called: no other of the user's is called so." })
  name!: string;

  @Field(() => WebAddress, {
    nullable: true,
    description: "Where to send people back to who have signed in.",
  })
  redirectUri?: string | null;
}

@InputType("UpdateConsumerAppInput", {
  description: "What is to be different about an application: what is left out stays as it is.",
})
export class UpdateConsumerAppInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The application's id, or its name where only one has it." })
  app!: string;

  @Field(() => EntityName, { nullable: true, description: "What it is called." })
  name?: string | null;

  @Field(() => WebAddress, {
    nullable: true,
    description: "Where to send people back to; null takes it away.",
  })
  redirectUri?: string | null;
}

@InputType("DeleteConsumerInput", { description: "A user, with his applications, or an application." })
export class DeleteConsumerInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The user's name or id, or the application's id." })
  consumer!: string;
}

@InputType("SetConsumerActiveInput", { description: "Whether a user or an application is let through." })
export class SetConsumerActiveInput extends DeleteConsumerInput {
  @Field(() => Boolean, {
    description: "Whether. A user who is switched off switches his applications off, too.",
  })
  active!: boolean;
}

@InputType("ConsumerScopeInput", { description: "Something that callers may be given the use of." })
export class ConsumerScopeInput extends ConsumerChangeInput {
  @Field(() => ScopeName, { description: "Its name." })
  scope!: string;
}

@ObjectType("ConsumersPayload", {
  description: "Those who call the gateways, after a change.",
  simpleResolvers: true,
})
export class ConsumersPayload {
  @Field(() => Consumers, { description: "Those who call the gateways." })
  consumers!: Consumers;
}

@ObjectType("ConsumerUserPayload", { description: "A user after a change.", simpleResolvers: true })
export class ConsumerUserPayload extends ConsumersPayload {
  @Field(() => ConsumerUser, { description: "The user." })
  user!: ConsumerUser;
}

@ObjectType("ConsumerAppPayload", { description: "An application after a change.", simpleResolvers: true })
export class ConsumerAppPayload extends ConsumersPayload {
  @Field(() => ConsumerApp, { description: "The application." })
  app!: ConsumerApp;
}
