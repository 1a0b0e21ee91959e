import { Field, ObjectType } from "type-graphql";
import type { Viewer as SignedInPerson } from "../permissions/caller.ts";
import { Login } from "./scalars.ts";
import { toUser } from "./user.type.ts";

@ObjectType("Viewer", { description: "You: whoever's token came with the request.", simpleResolvers: true })
export class Viewer {
  @Field(() => Login, { description: "Your Gitea account's name." })
  login!: string;

  @Field(() => String, { description: "Your name, as you wrote it in Gitea; may be empty." })
  fullName!: string;

  @Field(() => String, { description: "Your mail address." })
  email!: string;

  @Field(() => String, { nullable: true, description: "The address of your picture." })
  avatarUrl?: string;

  @Field(() => Boolean, { description: "Whether you are a site admin, who may do everything." })
  isAdmin!: boolean;
}

/** The signed-in person as the graph shows them to themselves. */
export function toViewer(person: SignedInPerson): Viewer {
  return { ...toUser(person), email: person.email, isAdmin: person.isAdmin };
}
