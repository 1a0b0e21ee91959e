import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProducerGrant, ViewerGrant } from "../permissions/grant.ts";
import { connectionOver, PageArguments, type ConnectionOf } from "../schema/connection.type.ts";
import {
  CreateProducerInput,
  CreateProducerPayload,
  Producer,
  ProducerConnection,
  toProducer,
} from "../schema/producer.type.ts";
import { ProducerName } from "../schema/scalars.ts";
import { SshKey, toSshKey } from "../schema/ssh-key.type.ts";
import { permissionArgument, viewerCan } from "./viewer-can.ts";

@Resolver(() => Producer)
export class ProducerResolver {
  @Query(() => Producer, { nullable: true, description: "A producer, by name." })
  @Can("producer:read", { on: "name" })
  producer(
    @Granted() { producer, login }: ProducerGrant,
    @Arg("name", () => ProducerName, { description: "The producer's name." }) _name: string,
    @Ctx() { names }: SignedIn,
  ): Producer {
    return toProducer(producer, login, names.environments);
  }

  @Query(() => ProducerConnection, {
    nullable: true,
    description:
      "The producers you can see, by name: yourself and whoever let you in; all of them for a site admin.",
  })
  @Can("viewer")
  async producers(
    @Granted() { viewer }: ViewerGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { lookups, names, policy }: SignedIn,
  ): Promise<ConnectionOf<Producer>> {
    const logins = viewer.isAdmin
      ? (await lookups.everybody(await policy.require("platform:admin", undefined))).map(({ login }) => login)
      : [viewer.login, ...(await lookups.mine("recent")).map(({ owner }) => owner.login)];
    const found = new Set(logins.map(names.producerOf).filter((name) => name !== undefined));
    const producers = [...found]
      .sort()
      .map((name) => toProducer(name, names.loginOf(name), names.environments));
    return connectionOver(producers, page);
  }

  @FieldResolver(() => [SshKey], {
    nullable: true,
    description: "The SSH keys of the producer's account, without those of the platform's own pods.",
  })
  @Can("producer:admin", { on: "parent.name" })
  async sshKeys(
    @Granted() grant: ProducerGrant<"admin">,
    @Ctx() { services }: SignedIn,
  ): Promise<readonly SshKey[]> {
    return (await services.keys.list(grant)).map(toSshKey);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether you have a permission over this producer.",
  })
  @Can("producer:read", { on: "parent.name" })
  viewerCan(
    @Granted() _grant: ProducerGrant,
    @Arg("permission", () => String, { description: permissionArgument }) permission: string,
    @Root() { name }: Producer,
    @Ctx() context: SignedIn,
  ): Promise<boolean> {
    return viewerCan(context, ["producer", "functions"], permission, name);
  }

  @Mutation(() => CreateProducerPayload, {
    nullable: true,
    description: "Makes a producer: account, repositories and hooks, whichever are missing. Safe to repeat.",
  })
  @Can("producer:create", { on: "input.name" })
  async createProducer(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => CreateProducerInput, { description: "Which producer." }) _input: CreateProducerInput,
    @Ctx() { services, policy, names }: SignedIn,
  ): Promise<CreateProducerPayload> {
    const createdRepos = await services.producers.create(grant).finally(() => {
      for (const repository of names.ownRepositories(grant.producer)) policy.forget(repository);
      services.actualizer.hint(grant.producer);
    });
    return { producer: toProducer(grant.producer, grant.login, names.environments), createdRepos };
  }
}
