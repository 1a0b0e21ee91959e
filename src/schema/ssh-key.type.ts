import { GraphQLDateTime } from "graphql-scalars";
import { Field, InputType, ObjectType } from "type-graphql";
import { KeyTitle, ProducerName, SshKeyId, SshPublicKey } from "./scalars.ts";

@ObjectType("SshKey", {
  description: "A key that lets its owner push and pull with git.",
  simpleResolvers: true,
})
export class SshKey {
  @Field(() => SshKeyId, { description: "Its id." })
  id!: string;

  @Field(() => String, { description: "What its owner calls it." })
  title!: string;

  @Field(() => String, { description: "Its public part." })
  publicKey!: string;

  @Field(() => String, { description: "Its fingerprint, as ssh shows it." })
  fingerprint!: string;

  @Field(() => GraphQLDateTime, { description: "When it was added." })
  createdAt!: Date;
}

/** A key as the graph shows it. */
export function toSshKey(key: Omit<SshKey, "id"> & { id: number }): SshKey {
  return { ...key, id: String(key.id) };
}

@InputType("AddSshKeyInput", { description: "A key to let in." })
export class AddSshKeyInput {
  @Field(() => ProducerName, { description: "Whose key it is." })
  producer!: string;

  @Field(() => KeyTitle, { description: "What to call it." })
  title!: string;

  @Field(() => SshPublicKey, { description: "Its public part: the one line of a `.pub` file." })
  publicKey!: string;
}

@InputType("DeleteSshKeyInput", { description: "A key to let in no longer." })
export class DeleteSshKeyInput {
  @Field(() => ProducerName, { description: "Whose key it is." })
  producer!: string;

  @Field(() => SshKeyId, { description: "Its id." })
  id!: string;
}

@ObjectType("AddSshKeyPayload", { description: "The key that was added.", simpleResolvers: true })
export class AddSshKeyPayload {
  @Field(() => SshKey, { description: "The key." })
  sshKey!: SshKey;
}

@ObjectType("DeleteSshKeyPayload", { description: "The key that was deleted.", simpleResolvers: true })
export class DeleteSshKeyPayload {
  @Field(() => SshKeyId, { description: "Its id." })
  deletedId!: string;
}
