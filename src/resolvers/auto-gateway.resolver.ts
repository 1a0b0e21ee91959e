import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import {
  AutoGateway,
  AutoGatewayKey,
  CreateAutoGatewayKeyInput,
  CreateAutoGatewayKeyPayload,
  RevokeAutoGatewayKeyInput,
  RevokeAutoGatewayKeyPayload,
} from "../schema/auto-gateway.type.ts";
import { Project } from "../schema/project.type.ts";
import { autoGatewayHeader } from "../services/auto-gateway/auto-gateway.names.ts";
import { announce, told } from "./project-changes.ts";

@Resolver(() => Project)
export class AutoGatewayResolver {
  @FieldResolver(() => AutoGateway, {
    nullable: true,
    description: "The gateway of the running project's whole API; null where there is to be none.",
  })
  @Can("project:read", { on: "parent" })
  async autoGateway(
    @Granted() grant: ProjectGrant,
    @Ctx() { services }: SignedIn,
  ): Promise<AutoGateway | undefined> {
    const { autoGateway: isEnabled } = await services.options.read(grant);
    if (isEnabled === false) return undefined;
    const running = await services.autoGateway.running(grant);
    const { producer, env } = grant;
    return { producer, env, isEnabled, isRunning: running !== undefined, ...running };
  }

  @Mutation(() => CreateAutoGatewayKeyPayload, {
    nullable: true,
    description: "Makes a key to the gateway of a project's whole API. It is in the answer, this once.",
  })
  @Can("project:write", { on: "input.project" })
  async createAutoGatewayKey(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => CreateAutoGatewayKeyInput, { description: "In which project, and what." })
    { name }: CreateAutoGatewayKeyInput,
    @Ctx() context: SignedIn,
  ): Promise<CreateAutoGatewayKeyPayload> {
    const { id, secret } = await told(context.services.autoGateway.keys.create(grant, name), () =>
      announceKeys(context, grant),
    );
    const key = `${id}:${secret}`;
    return { id, name, key, header: `${autoGatewayHeader}: ${key}` };
  }

  @Mutation(() => RevokeAutoGatewayKeyPayload, {
    nullable: true,
    description: "Lets a key to the gateway of a project's whole API be accepted no more.",
  })
  @Can("project:write", { on: "input.project" })
  async revokeAutoGatewayKey(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => RevokeAutoGatewayKeyInput, { description: "In which project, and which." })
    { id }: RevokeAutoGatewayKeyInput,
    @Ctx() context: SignedIn,
  ): Promise<RevokeAutoGatewayKeyPayload> {
    await told(context.services.autoGateway.keys.revoke(grant, id), () => announceKeys(context, grant));
    return { id };
  }
}

@Resolver(() => AutoGateway)
export class AutoGatewayKeysResolver {
  @FieldResolver(() => [AutoGatewayKey], {
    nullable: true,
    description: "The keys that were made for it, without their secrets.",
  })
  @Can("project:admin", { on: "parent" })
  async keys(
    @Granted() grant: ProjectGrant<"admin">,
    @Ctx() { services }: SignedIn,
  ): Promise<readonly AutoGatewayKey[]> {
    return services.autoGateway.keys.all(grant);
  }
}

const announceKeys = (context: SignedIn, grant: ProjectGrant) =>
  announce(context, grant, { kind: "GATEWAYS", entities: ["autoGateway/keys"] });
