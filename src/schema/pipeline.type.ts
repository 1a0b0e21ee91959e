import { Field, InputType, ObjectType } from "type-graphql";
import { DeleteFromProjectInput } from "./canvas.type.ts";
import { Pipeline, PipelineInput } from "./gateway.type.ts";
import { ProjectInput } from "./project.type.ts";
import { EntityId, Revision } from "./scalars.ts";
import { ProjectWrite } from "./write.type.ts";

@InputType("SavePipelineInput", { description: "A pipeline to make or change." })
export class SavePipelineInput extends ProjectInput {
  @Field(() => Revision, {
    nullable: true,
    description:
      "The revision that the change starts from. What others changed since is kept, unless it is in the same gateway: that is a CONFLICT. Left out, the last write wins.",
  })
  revision?: string | null;

  @Field(() => EntityId, { description: "The id of the gateway that the pipeline is of." })
  gateway!: string;

  @Field(() => PipelineInput, { description: "The pipeline." })
  pipeline!: PipelineInput;
}

@InputType("DeletePipelineInput", {
  description: "A pipeline to take out of its gateway, with the connections from it and to it.",
})
export class DeletePipelineInput extends DeleteFromProjectInput {
  @Field(() => EntityId, { description: "The id of the gateway that the pipeline is of." })
  gateway!: string;
}

@ObjectType("SavePipelinePayload", {
  implements: ProjectWrite,
  description: "The pipeline after it was saved.",
  simpleResolvers: true,
})
export class SavePipelinePayload extends ProjectWrite {
  @Field(() => Pipeline, { description: "The pipeline as it now is." })
  pipeline!: Pipeline;

  @Field(() => Boolean, {
    description:
      "Whether policies and conditions were checked against what the running gateway knows, as for saveGateway.",
  })
  validated!: boolean;
}
