import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import {
  CreateCredentialInput,
  CreateCredentialPayload,
  CredentialPayload,
  CredentialScopeInput,
  SetCredentialActiveInput,
  SetCredentialScopesInput,
} from "../schema/consumer-credential.type.ts";
import type { Write } from "./canvas-write.ts";
import { changedConsumers } from "./consumer-write.ts";

const description = "In which project, at which gateway, and what.";

/** Changes of what the callers of gateways show. Credentials cannot be deleted, only switched off. */
@Resolver()
export class ConsumerCredentialResolver {
  @Mutation(() => CreateCredentialPayload, {
    nullable: true,
    description: "Makes what a caller is to show. The secret is in the answer, this once.",
  })
  @Can("project:write", { on: "input.project" })
  async createCredential(
    @Granted() grant: Write,
    @Arg("input", () => CreateCredentialInput, { description })
    { gateway, consumer, type, scopes }: CreateCredentialInput,
    @Ctx() context: SignedIn,
  ): Promise<CreateCredentialPayload> {
    const { result, consumers } = await changedConsumers(context, grant, gateway, (consumers, at) =>
      consumers.credentials.create(at, consumer, type, scopes),
    );
    return { consumers, type, id: result.id, secret: result.secret };
  }

  @Mutation(() => CredentialPayload, {
    nullable: true,
    description: "Says whether a credential is accepted.",
  })
  @Can("project:write", { on: "input.project" })
  async setCredentialActive(
    @Granted() grant: Write,
    @Arg("input", () => SetCredentialActiveInput, { description })
    { gateway, type, id, active }: SetCredentialActiveInput,
    @Ctx() context: SignedIn,
  ): Promise<CredentialPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, ({ credentials }, at) =>
      credentials.setActive(at, { kind: type, id }, active),
    );
    return { consumers, type, id };
  }

  @Mutation(() => CredentialPayload, {
    nullable: true,
    description: "Says all that a credential gives the use of.",
  })
  @Can("project:write", { on: "input.project" })
  async setCredentialScopes(
    @Granted() grant: Write,
    @Arg("input", () => SetCredentialScopesInput, { description })
    { gateway, type, id, scopes }: SetCredentialScopesInput,
    @Ctx() context: SignedIn,
  ): Promise<CredentialPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, ({ credentials }, at) =>
      credentials.setScopes(at, { kind: type, id }, scopes),
    );
    return { consumers, type, id };
  }

  @Mutation(() => CredentialPayload, {
    nullable: true,
    description: "Lets a credential give the use of something more.",
  })
  @Can("project:write", { on: "input.project" })
  async addCredentialScope(
    @Granted() grant: Write,
    @Arg("input", () => CredentialScopeInput, { description })
    { gateway, type, id, scope }: CredentialScopeInput,
    @Ctx() context: SignedIn,
  ): Promise<CredentialPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, ({ credentials }, at) =>
      credentials.addScope(at, { kind: type, id }, scope),
    );
    return { consumers, type, id };
  }

  @Mutation(() => CredentialPayload, {
    nullable: true,
    description: "Lets a credential not give the use of something any more.",
  })
  @Can("project:write", { on: "input.project" })
  async removeCredentialScope(
    @Granted() grant: Write,
    @Arg("input", () => CredentialScopeInput, { description })
    { gateway, type, id, scope }: CredentialScopeInput,
    @Ctx() context: SignedIn,
  ): Promise<CredentialPayload> {
    const { consumers } = await changedConsumers(context, grant, gateway, ({ credentials }, at) =>
      credentials.removeScope(at, { kind: type, id }, scope),
    );
    return { consumers, type, id };
  }
}
