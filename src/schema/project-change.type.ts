import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Delivery } from "../live/event.queue.ts";
import type { ProjectChanged } from "../live/live-events.ts";
import { Project } from "./project.type.ts";
import { GitReference, Login, Revision } from "./scalars.ts";

/** What of a project a change was about. */
export enum ProjectChangeKind {
  CANVAS = "CANVAS",
  MODELS = "MODELS",
  DATA_SOURCES = "DATA_SOURCES",
  FILES = "FILES",
  FUNCTIONS = "FUNCTIONS",
  GATEWAYS = "GATEWAYS",
  WORKSPACE = "WORKSPACE",
  CLEARED = "CLEARED",
  PUSH = "PUSH",
  UNHEARD = "UNHEARD",
}

registerEnumType(ProjectChangeKind, {
  name: "ProjectChangeKind",
  description: "What of a project a change was about.",
  valuesConfig: {
    CANVAS: { description: "The saved canvas." },
    MODELS: { description: "Its models." },
    DATA_SOURCES: { description: "Its data sources." },
    FILES: { description: "Its files." },
    FUNCTIONS: {
      description: "Its functions, or what runs of them: only who may read them is told.",
    },
    GATEWAYS: { description: "What runs at its gateways, and who calls them." },
    WORKSPACE: {
      description: "What runs it: it was started or installed anew, or put back to what is committed.",
    },
    CLEARED: { description: "Everything: it was cleared." },
    PUSH: {
      description:
        "Commits came to a repository: the project's, or that of the functions. What is loaded of the project does not change by those from outside.",
    },
    UNHEARD: { description: "Changes may have gone unheard: read everything anew." },
  },
});

@ObjectType("ProjectChange", {
  description: "A change of a project.",
  simpleResolvers: true,
})
export class ProjectChange {
  @Field(() => Project, { description: "The project that was changed." })
  project!: Project;

  @Field(() => Login, {
    nullable: true,
    description:
      "Whose change it was: a Gitea account; null when that could not be found out. Of a push that was only heard of, it is the account whose address the newest commit has.",
  })
  by?: string;

  @Field(() => ProjectChangeKind, { description: "What of the project it was about." })
  kind!: ProjectChangeKind;

  @Field(() => [String], {
    description:
      "What was changed, such as `models/Car` or `files/server/server.js`, as far as it is known; to be read anew.",
  })
  entities!: readonly string[];

  @Field(() => Int, { description: "How many more were changed than `entities` names." })
  unnamed!: number;

  @Field(() => GitReference, { nullable: true, description: "The branch that was pushed to." })
  branch?: string;

  @Field(() => String, {
    nullable: true,
    description: "The newest commit that was pushed; null when the branch was deleted.",
  })
  commit?: string;

  @Field(() => String, {
    nullable: true,
    description: "What the newest commit says its author is called: whatever was written into it.",
  })
  author?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether anybody but the platform itself committed what was pushed; if not, it is the echo of something saved.",
  })
  external?: boolean;

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
  { event, missed }: Delivery<ProjectChanged>,
  project: Project,
): ProjectChange {
  const { by, kind, entities, unnamed, revision, push } = event;
  const pushed = push && {
    branch: push.branch,
    commit: push.commit,
    author: push.author,
    external: push.isExternal,
  };
  return Object.assign(new ProjectChange(), {
    ...{ project, by, kind, entities, unnamed, revision, missed },
    ...pushed,
  });
}
