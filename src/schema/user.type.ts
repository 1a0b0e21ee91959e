import { Field, ObjectType } from "type-graphql";
import { connectionType } from "./connection.type.ts";
import { Login } from "./scalars.ts";

@ObjectType("User", { description: "Somebody with a Gitea account.", simpleResolvers: true })
export class User {
  @Field(() => Login, { description: "The account's name." })
  login!: string;

  @Field(() => String, { description: "The person's name, as they wrote it; may be empty." })
  fullName!: string;

  @Field(() => String, { nullable: true, description: "The address of their picture." })
  avatarUrl?: string;
}

export const UserConnection = connectionType("User", () => User);

/** A person as the graph shows them. */
export function toUser(person: { login: string; fullName: string; avatarUrl: string }): User {
  const { login, fullName, avatarUrl } = person;
  return { login, fullName, ...(avatarUrl === "" ? {} : { avatarUrl }) };
}
