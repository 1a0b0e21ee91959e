/**
 * Compiled, never run: what the compiler must refuse. Each `@ts-expect-error` is an error of its own as soon as
 * the line below it compiles.
 */
import { Can, Granted } from "../../src/permissions/can.ts";
import type {
  FunctionsGrant,
  ProjectGrant,
  RepositoryGrant,
  ViewerGrant,
} from "../../src/permissions/grant.ts";
import type { FilesService } from "../../src/services/gitea/files.service.ts";

declare const files: FilesService;
declare const reading: RepositoryGrant<"read">;
declare const writing: RepositoryGrant<"write">;
declare const owning: RepositoryGrant<"admin">;
const file = { path: "a", branch: "master", content: Buffer.alloc(0), message: "a", sha: undefined };

export const allowed = [
  files.file(reading, "a", undefined),
  files.file(owning, "a", undefined),
  files.write(writing, file),
];

// @ts-expect-error -- a reader's grant does not write
export const refused = files.write(reading, file);

// @ts-expect-error -- nothing but the permission layer makes a grant
export const forged: RepositoryGrant = {
  owner: "a",
  name: "b",
  defaultBranch: "c",
  level: "read",
  holds: { read: true },
};

export class Resolvers {
  @Can("repo:write", { on: "input.repo" })
  rightGrant(@Granted() grant: RepositoryGrant<"write">) {
    return grant;
  }

  @Can("repo:admin", { on: "input.repo" })
  lesserGrant(@Granted() grant: RepositoryGrant<"read">) {
    return grant;
  }

  // @ts-expect-error -- asks to write, but is only let read
  @Can("repo:read", { on: "input.repo" })
  greaterGrant(@Granted() grant: RepositoryGrant<"write">) {
    return grant;
  }

  // @ts-expect-error -- functions are another repository than the project
  @Can("functions:write", { on: "input.producer" })
  otherThing(@Granted() grant: ProjectGrant<"write">) {
    return grant;
  }

  @Can(["project:admin", "functions:admin"], { on: "input.project" })
  bothGrants(@Granted() grants: readonly [ProjectGrant<"admin">, FunctionsGrant<"admin">]) {
    return grants;
  }

  // @ts-expect-error -- the grants come in the order of the permissions
  @Can(["functions:admin", "project:admin"], { on: "input.project" })
  swappedGrants(@Granted() grants: readonly [ProjectGrant<"admin">, FunctionsGrant<"admin">]) {
    return grants;
  }

  // @ts-expect-error -- a permission that is not in the catalogue
  @Can("repo:burn")
  unknownPermission(@Granted() grant: ViewerGrant) {
    return grant;
  }

  // @ts-expect-error -- a guarded method takes its grant
  @Can("viewer")
  withoutGrant(name: string) {
    return name;
  }
}
