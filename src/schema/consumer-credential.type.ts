import { Field, InputType, ObjectType } from "type-graphql";
import { CredentialType } from "./consumer.type.ts";
import { ConsumerChangeInput, ConsumersPayload } from "./consumer-write.type.ts";
import { ConsumerName, ScopeName } from "./scalars.ts";

@InputType("CreateCredentialInput", { description: "What a caller is to show." })
export class CreateCredentialInput extends ConsumerChangeInput {
  @Field(() => ConsumerName, { description: "The user's name or id, or the application's id." })
  consumer!: string;

  @Field(() => CredentialType, { description: "What kind it is to be." })
  type!: CredentialType;

  @Field(() => [ScopeName], { defaultValue: [], description: "What it gives the use of." })
  scopes!: readonly string[];
}

/** Which credential is changed. */
@InputType()
abstract class CredentialChangeInput extends ConsumerChangeInput {
  @Field(() => CredentialType, { description: "What kind it is." })
  type!: CredentialType;

  @Field(() => ConsumerName, { description: "Its id." })
  id!: string;
}

@InputType("SetCredentialActiveInput", { description: "Whether a credential is accepted." })
export class SetCredentialActiveInput extends CredentialChangeInput {
  @Field(() => Boolean, { description: "Whether." })
  active!: boolean;
}

@InputType("SetCredentialScopesInput", { description: "What a credential gives the use of." })
export class SetCredentialScopesInput extends CredentialChangeInput {
  @Field(() => [ScopeName], { description: "All of it: what is not here is taken away." })
  scopes!: readonly string[];
}

@InputType("CredentialScopeInput", { description: "Something to give the use of by a credential, or not." })
export class CredentialScopeInput extends CredentialChangeInput {
  @Field(() => ScopeName, { description: "Its name." })
  scope!: string;
}

@ObjectType("CredentialPayload", {
  description: "Which credential was changed. What it is like now can be read with project:admin.",
  simpleResolvers: true,
})
export class CredentialPayload extends ConsumersPayload {
  @Field(() => CredentialType, { description: "What kind it is." })
  type!: CredentialType;

  @Field(() => String, { description: "Its id." })
  id!: string;
}

@ObjectType("CreateCredentialPayload", { description: "A credential just made.", simpleResolvers: true })
export class CreateCredentialPayload extends CredentialPayload {
  @Field(() => String, { description: "Its secret. It is told this once and cannot be asked for again." })
  secret!: string;
}
