import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { StoredCredential } from "../services/gateways/consumers/consumer.shapes.ts";
import type { CredentialKind } from "../services/gateways/consumers/credentials.service.ts";
import { connectionType } from "./connection.type.ts";

/** The kinds of credentials. */
export enum CredentialType {
  KEY_AUTH = "key-auth",
  BASIC_AUTH = "basic-auth",
  OAUTH2 = "oauth2",
  JWT = "jwt",
}

registerEnumType(CredentialType, {
  name: "CredentialType",
  description: "What a caller shows to a gateway.",
  valuesConfig: {
    KEY_AUTH: { description: "A key and its secret, for the policy key-auth." },
    BASIC_AUTH: { description: "A user's name and a password, for the policy basic-auth." },
    OAUTH2: { description: "An application's id and a secret, for the policy oauth2." },
    JWT: { description: "A key and a secret to sign tokens with, for the policy jwt." },
  },
});

@ObjectType({ simpleResolvers: true })
abstract class Consumer {
  @Field(() => String, { description: "The id the gateway gave it." })
  id!: string;

  @Field(() => Boolean, { description: "Whether it is let through; what is switched off is not." })
  isActive!: boolean;

  @Field(() => String, { nullable: true, description: "Where to send people back to who have signed in." })
  redirectUri?: string | undefined;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was made." })
  createdAt?: Date | undefined;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was last changed." })
  updatedAt?: Date | undefined;
}

@ObjectType("ConsumerUser", {
  description: "Somebody who calls the gateways of a project.",
  simpleResolvers: true,
})
export class ConsumerUser extends Consumer {
  @Field(() => String, { description: "The name, which stays as it is." })
  username!: string;

  @Field(() => String, { nullable: true, description: "The first name." })
  firstname?: string | undefined;

  @Field(() => String, { nullable: true, description: "The last name." })
  lastname?: string | undefined;

  @Field(() => String, { nullable: true, description: "The e-mail address." })
  email?: string | undefined;
}

@ObjectType("ConsumerApp", {
  description: "An application that calls the gateways of a project for a user.",
  simpleResolvers: true,
})
export class ConsumerApp extends Consumer {
  @Field(() => String, { description: "The id of the user whose it is." })
  userId!: string;

  @Field(() => String, { description: "What it is called." })
  name!: string;
}

@ObjectType("ConsumerCredential", {
  description: "What a caller shows to a gateway, without what is secret of it.",
  simpleResolvers: true,
})
export class ConsumerCredential {
  @Field(() => String, { description: "Its id: the key, or its consumer's id where there is none." })
  id!: string;

  @Field(() => CredentialType, { description: "What kind it is." })
  type!: CredentialType;

  @Field(() => Boolean, { description: "Whether it is accepted." })
  isActive!: boolean;

  @Field(() => [String], { description: "What it gives the use of." })
  scopes!: readonly string[];

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was made." })
  createdAt?: Date | undefined;
}

export const ConsumerUserConnection = connectionType("ConsumerUser", () => ConsumerUser);
export const ConsumerAppConnection = connectionType("ConsumerApp", () => ConsumerApp);

@ObjectType("Consumers", {
  description: "Those who call a gateway. All gateways of a project share them.",
  simpleResolvers: true,
})
export class Consumers {
  /** Whose they are, and through which gateway they are asked for. */
  producer!: string;
  env!: string;
  gateway!: string;
}

const types: Readonly<Record<string, CredentialType>> = {
  "key-auth": CredentialType.KEY_AUTH,
  "basic-auth": CredentialType.BASIC_AUTH,
  oauth2: CredentialType.OAUTH2,
  jwt: CredentialType.JWT,
} satisfies Record<CredentialKind, CredentialType>;

/** Credentials as the graph shows them; kinds of plugins have no name here. */
export function toCredentials(stored: readonly StoredCredential[]): readonly ConsumerCredential[] {
  return stored.flatMap(({ type, scopes = [], id, isActive, createdAt }) => {
    const known = types[type];
    return known === undefined ? [] : [{ id, type: known, isActive, scopes, createdAt }];
  });
}
