import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import {
  ConsumerAppPayload,
  ConsumerScopeInput,
  ConsumersPayload,
  ConsumerUserPayload,
  CreateConsumerAppInput,
  CreateConsumerUserInput,
  DeleteConsumerInput,
  SetConsumerActiveInput,
  UpdateConsumerAppInput,
  UpdateConsumerUserInput,
} from "../schema/consumer-write.type.ts";
import type { Write } from "./canvas-write.ts";
import { changedConsumers, newFields, saidFields } from "./consumer-write.ts";

const description = "In which project, at which gateway, and what.";

/** Changes of those who call the gateways of a project. */
@Resolver()
export class ConsumerWriteResolver {
  @Mutation(() => ConsumerUserPayload, {
    nullable: true,
    description: "Lets somebody new call the gateways.",
  })
  @Can("project:write", { on: "input.project" })
  async createConsumerUser(
    @Granted() grant: Write,
    @Arg("input", () => CreateConsumerUserInput, { description })
    { project: _project, gateway, ...fields }: CreateConsumerUserInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumerUserPayload> {
    const { result, consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.createUser(at, newFields({ ...fields })),
    );
    return { consumers, user: result };
  }

  @Mutation(() => ConsumerUserPayload, {
    nullable: true,
    description: "Changes what is known of a user.",
  })
  @Can("project:write", { on: "input.project" })
  async updateConsumerUser(
    @Granted() grant: Write,
    @Arg("input", () => UpdateConsumerUserInput, { description })
    { project: _project, gateway, user, ...fields }: UpdateConsumerUserInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumerUserPayload> {
    const { result, consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.updateUser(at, user, saidFields({ ...fields })),
    );
    return { consumers, user: result };
  }

  @Mutation(() => ConsumerAppPayload, {
    nullable: true,
    description: "Lets an application call the gateways for a user.",
  })
  @Can("project:write", { on: "input.project" })
  async createConsumerApp(
    @Granted() grant: Write,
    @Arg("input", () => CreateConsumerAppInput, { description })
    { project: _project, gateway, ...fields }: CreateConsumerAppInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumerAppPayload> {
    const { result, consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.createApp(at, newFields({ ...fields })),
    );
    return { consumers, app: result };
  }

  @Mutation(() => ConsumerAppPayload, {
    nullable: true,
    description: "Changes what is known of an application.",
  })
  @Can("project:write", { on: "input.project" })
  async updateConsumerApp(
    @Granted() grant: Write,
    @Arg("input", () => UpdateConsumerAppInput, { description })
    { project: _project, gateway, app, ...fields }: UpdateConsumerAppInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumerAppPayload> {
    const { result, consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.updateApp(at, app, saidFields({ ...fields })),
    );
    return { consumers, app: result };
  }

  @Mutation(() => ConsumersPayload, {
    nullable: true,
    description: "Deletes a user with his applications, or an application, with what it shows to gateways.",
  })
  @Can("project:write", { on: "input.project" })
  async deleteConsumer(
    @Granted() grant: Write,
    @Arg("input", () => DeleteConsumerInput, { description }) { gateway, consumer }: DeleteConsumerInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumersPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.remove(at, consumer),
    );
    return { consumers };
  }

  @Mutation(() => ConsumersPayload, {
    nullable: true,
    description: "Says whether a user or an application is let through.",
  })
  @Can("project:write", { on: "input.project" })
  async setConsumerActive(
    @Granted() grant: Write,
    @Arg("input", () => SetConsumerActiveInput, { description })
    { gateway, consumer, active }: SetConsumerActiveInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumersPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.setActive(at, consumer, active),
    );
    return { consumers };
  }

  @Mutation(() => ConsumersPayload, {
    nullable: true,
    description: "Makes something that credentials can give the use of; once is enough, more does no harm.",
  })
  @Can("project:write", { on: "input.project" })
  async addConsumerScope(
    @Granted() grant: Write,
    @Arg("input", () => ConsumerScopeInput, { description }) { gateway, scope }: ConsumerScopeInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumersPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.scopes.add(at, scope),
    );
    return { consumers };
  }

  @Mutation(() => ConsumersPayload, {
    nullable: true,
    description: "Takes away something that credentials can give the use of.",
  })
  @Can("project:write", { on: "input.project" })
  async removeConsumerScope(
    @Granted() grant: Write,
    @Arg("input", () => ConsumerScopeInput, { description }) { gateway, scope }: ConsumerScopeInput,
    @Ctx() context: SignedIn,
  ): Promise<ConsumersPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.scopes.remove(at, scope),
    );
    return { consumers };
  }
}
