import { Field, InterfaceType, registerEnumType } from "type-graphql";
import { Project } from "./project.type.ts";
import { Revision } from "./scalars.ts";

/** How a write went along with those of others. */
export enum WriteOutcome {
  SAVED = "SAVED",
  MERGED = "MERGED",
  LAST_WRITE_WINS = "LAST_WRITE_WINS",
}

registerEnumType(WriteOutcome, {
  name: "WriteOutcome",
  description: "How a write went along with those of others.",
  valuesConfig: {
    SAVED: { description: "Nobody had written since the revision it started from." },
    MERGED: {
      description: "Others had changed other things since the revision it started from: both are kept.",
    },
    LAST_WRITE_WINS: {
      description: "It named no revision, so whatever it wrote has replaced what was there.",
    },
  },
});

/** What every change of a project's document answers. */
@InterfaceType("ProjectWrite", {
  description: "What a change of a project's document answers.",
  resolveType: (value: object) => value.constructor.name,
})
export abstract class ProjectWrite {
  @Field(() => Project, { description: "The project as it now is." })
  project!: Project;

  @Field(() => Revision, { description: "The revision of the document as it now is." })
  revision!: string;

  @Field(() => WriteOutcome, { description: "How it went along with the writes of others." })
  outcome!: WriteOutcome;
}
