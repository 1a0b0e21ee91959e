import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import { ConnectInput, ConnectPayload, toConnection } from "../schema/canvas.type.ts";
import { withConnection, withoutConnection } from "../services/workspace/document/canvas.changes.ts";
import { listOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { changed, type Write } from "./canvas-write.ts";

/** The arrows between what is on a canvas. */
@Resolver()
export class ConnectionResolver {
  @Mutation(() => ConnectPayload, {
    nullable: true,
    description: "Connects two things of a canvas; once is enough, more does no harm.",
  })
  @Can("project:write", { on: "input.project" })
  async connect(
    @Granted() grant: Write,
    @Arg("input", () => ConnectInput, { description: "In which project, and what." })
    { fromId, toId, revision }: ConnectInput,
    @Ctx() context: SignedIn,
  ): Promise<ConnectPayload> {
    const ends = { fromId, toId };
    const change = (from: JsonObject) => withConnection(from, ends);
    const { document, write } = await changed(context, grant, change, revision, ["connections"]);
    const made = listOf(document, "connections").find(
      (each) => each["fromId"] === fromId && each["toId"] === toId,
    );
    return Object.assign(new ConnectPayload(), write, { connection: toConnection(made ?? ends) });
  }

  @Mutation(() => ConnectPayload, { nullable: true, description: "Takes a connection away." })
  @Can("project:write", { on: "input.project" })
  async disconnect(
    @Granted() grant: Write,
    @Arg("input", () => ConnectInput, { description: "In which project, and what." })
    { fromId, toId, revision }: ConnectInput,
    @Ctx() context: SignedIn,
  ): Promise<ConnectPayload> {
    const ends = { fromId, toId };
    const change = (from: JsonObject) => withoutConnection(from, ends);
    const { write } = await changed(context, grant, change, revision, ["connections"]);
    return Object.assign(new ConnectPayload(), write, { connection: ends });
  }
}
