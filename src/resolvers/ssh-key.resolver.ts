import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProducerGrant } from "../permissions/grant.ts";
import {
  AddSshKeyInput,
  AddSshKeyPayload,
  DeleteSshKeyInput,
  DeleteSshKeyPayload,
  toSshKey,
} from "../schema/ssh-key.type.ts";

@Resolver()
export class SshKeyResolver {
  @Mutation(() => AddSshKeyPayload, {
    nullable: true,
    description: "Lets a key in for a producer's account.",
  })
  @Can("producer:admin", { on: "input.producer" })
  async addSshKey(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => AddSshKeyInput, { description: "The key." }) { title, publicKey }: AddSshKeyInput,
    @Ctx() { services }: SignedIn,
  ): Promise<AddSshKeyPayload> {
    return { sshKey: toSshKey(await services.keys.add(grant, { title, publicKey })) };
  }

  @Mutation(() => DeleteSshKeyPayload, {
    nullable: true,
    description: "Lets a key of a producer's account in no longer; never a key of somebody else's.",
  })
  @Can("producer:admin", { on: "input.producer" })
  async deleteSshKey(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => DeleteSshKeyInput, { description: "Which key." }) { id }: DeleteSshKeyInput,
    @Ctx() { services }: SignedIn,
  ): Promise<DeleteSshKeyPayload> {
    if (!(await services.keys.remove(grant, Number(id)))) throw new NotFound("key");
    return { deletedId: id };
  }
}
