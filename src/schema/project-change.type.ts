import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Delivery } from "../live/event.queue.ts";
import type { ProjectChanged } from "../live/live-events.ts";
import { Project } from "./project.type.ts";
import { Login, Revision } from "./scalars.ts";

/** What of a project a change was about. */
export enum ProjectChangeKind {
  CANVAS = "CANVAS",
  MODELS = "MODELS",
  DATA_SOURCES = "DATA_SOURCES",
  FILES = "FILES",
  WORKSPACE = "WORKSPACE",
  CLEARED = "CLEARED",
}

registerEnumType(ProjectChangeKind, {
  name: "ProjectChangeKind",
  description: "What of a project a change was about.",
  valuesConfig: {
    CANVAS: { description: "The saved canvas." },
    MODELS: { description: "Its models." },
    DATA_SOURCES: { description: "Its data sources." },
    FILES: { description: "Its files." },
    WORKSPACE: {
      description: "What runs it: it was started or installed anew, or put back to what is committed.",
    },
    CLEARED: { description: "Everything: it was cleared." },
  },
});

@ObjectType("ProjectChange", {
  description: "A change of a project that somebody made through the gateway.",
  simpleResolvers: true,
})
export class ProjectChange {
  @Field(() => Project, { description: "The project that was changed." })
  project!: Project;

  @Field(() => Login, {
    nullable: true,
    description: "Whose change it was: a Gitea account; null when that could not be found out.",
  })
  by?: string;

  @Field(() => ProjectChangeKind, { description: "What of the project it was about." })
  kind!: ProjectChangeKind;

  @Field(() => [String], {
    description: "What was changed, such as `models/Car`, as far as it was named; to be read anew.",
  })
  entities!: readonly string[];

  @Field(() => Revision, {
    nullable: true,
    description: "The revision of the project's document after it, where the change made one.",
  })
  revision?: string;

  @Field(() => Int, {
    description:
      "How many changes before this one you were too slow for and will not be told of: read everything anew if there are any.",
  })
  missed!: number;
}

/** A change as the graph shows it. */
export function toProjectChange(
  { event: { by, kind, entities, revision }, missed }: Delivery<ProjectChanged>,
  project: Project,
): ProjectChange {
  return Object.assign(new ProjectChange(), { project, by, kind, entities, revision, missed });
}
