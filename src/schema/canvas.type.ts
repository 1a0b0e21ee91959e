import { Field, InputType, ObjectType } from "type-graphql";
import { textOf } from "../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { ApiEndpoint, ApiEndpointInput, ServiceEndpoint, ServiceEndpointInput } from "./endpoint.type.ts";
import { Gateway, GatewayInput } from "./gateway.type.ts";
import { ProjectInput } from "./project.type.ts";
import { EntityId, JsonMap, JsonValue, Revision } from "./scalars.ts";
import { ProjectWrite } from "./write.type.ts";

@ObjectType("CanvasConnection", {
  description:
    "An arrow of the canvas: from an endpoint, a model or a function to a pipeline, or on to an API endpoint.",
  simpleResolvers: true,
})
export class CanvasConnection {
  @Field(() => EntityId, { nullable: true, description: "The id the platform gave it." })
  id?: string;

  @Field(() => EntityId, { description: "Where it begins." })
  fromId!: string;

  @Field(() => EntityId, { description: "Where it leads to." })
  toId!: string;
}

@ObjectType("CanvasState", { description: "Something a canvas remembers of itself.", simpleResolvers: true })
export class CanvasState {
  @Field(() => String, { description: "What it is called." })
  key!: string;

  @Field(() => JsonValue, { nullable: true, description: "What is remembered." })
  value?: Json;
}

/** What every change of a project's document is told. */
@InputType()
abstract class ProjectWriteInput extends ProjectInput {
  @Field(() => Revision, {
    nullable: true,
    description:
      "The revision that the change starts from. What others changed since is kept, unless it is the same thing: that is a CONFLICT. Left out, the last write wins.",
  })
  revision?: string | null;
}

@InputType("SaveProjectInput", { description: "What a project's document is to be." })
export class SaveProjectInput extends ProjectWriteInput {
  @Field(() => JsonMap, {
    description:
      "The fields of the document that are to be different, lists whole; fields that are left out stay as they are.",
  })
  document!: JsonObject;
}

@InputType("SaveGatewayInput", { description: "A gateway to make or change." })
export class SaveGatewayInput extends ProjectWriteInput {
  @Field(() => GatewayInput, { description: "The gateway." })
  gateway!: GatewayInput;
}

@InputType("SaveServiceEndpointInput", { description: "A service endpoint to make or change." })
export class SaveServiceEndpointInput extends ProjectWriteInput {
  @Field(() => ServiceEndpointInput, { description: "The service endpoint." })
  serviceEndpoint!: ServiceEndpointInput;
}

@InputType("SaveApiEndpointInput", { description: "An API endpoint to make or change." })
export class SaveApiEndpointInput extends ProjectWriteInput {
  @Field(() => ApiEndpointInput, { description: "The API endpoint." })
  apiEndpoint!: ApiEndpointInput;
}

@InputType("DeleteFromProjectInput", {
  description: "Something to take off a canvas, with the connections from it and to it.",
})
export class DeleteFromProjectInput extends ProjectWriteInput {
  @Field(() => EntityId, { description: "Its id." })
  id!: string;
}

@InputType("ConnectInput", { description: "What to connect, or not to connect any more." })
export class ConnectInput extends ProjectWriteInput {
  @Field(() => EntityId, { description: "Where the connection begins." })
  fromId!: string;

  @Field(() => EntityId, { description: "Where it leads to." })
  toId!: string;
}

@ObjectType("SaveProjectPayload", {
  implements: ProjectWrite,
  description: "The project after its document was saved.",
  simpleResolvers: true,
})
export class SaveProjectPayload extends ProjectWrite {}

@ObjectType("SaveGatewayPayload", {
  implements: ProjectWrite,
  description: "The gateway after it was saved.",
  simpleResolvers: true,
})
export class SaveGatewayPayload extends ProjectWrite {
  @Field(() => Gateway, { description: "The gateway as it now is." })
  gateway!: Gateway;

  @Field(() => Boolean, {
    description:
      "Whether policies and conditions were checked against what the running gateway knows. False while it cannot be asked: then they are saved as they are, and applyGateway checks them.",
  })
  validated!: boolean;
}

@ObjectType("SaveServiceEndpointPayload", {
  implements: ProjectWrite,
  description: "The service endpoint after it was saved.",
  simpleResolvers: true,
})
export class SaveServiceEndpointPayload extends ProjectWrite {
  @Field(() => ServiceEndpoint, { description: "The service endpoint as it now is." })
  serviceEndpoint!: ServiceEndpoint;
}

@ObjectType("SaveApiEndpointPayload", {
  implements: ProjectWrite,
  description: "The API endpoint after it was saved.",
  simpleResolvers: true,
})
export class SaveApiEndpointPayload extends ProjectWrite {
  @Field(() => ApiEndpoint, { description: "The API endpoint as it now is." })
  apiEndpoint!: ApiEndpoint;
}

@ObjectType("DeleteFromProjectPayload", {
  implements: ProjectWrite,
  description: "The project without what was taken off it.",
  simpleResolvers: true,
})
export class DeleteFromProjectPayload extends ProjectWrite {
  @Field(() => EntityId, { description: "The id of what is gone." })
  deletedId!: string;
}

@ObjectType("ConnectPayload", {
  implements: ProjectWrite,
  description: "The connection that was made, or that is gone.",
  simpleResolvers: true,
})
export class ConnectPayload extends ProjectWrite {
  @Field(() => CanvasConnection, { description: "The connection." })
  connection!: CanvasConnection;
}

/** A connection as the graph shows it. */
export function toConnection(item: JsonObject): CanvasConnection {
  const id = textOf(item["id"]);
  return {
    ...(id === undefined ? {} : { id }),
    fromId: textOf(item["fromId"]) ?? "",
    toId: textOf(item["toId"]) ?? "",
  };
}

/** Something remembered, as the graph shows it. */
export function toState(item: JsonObject): CanvasState {
  const { value } = item;
  return { key: textOf(item["key"]) ?? "", ...(value === undefined ? {} : { value }) };
}
