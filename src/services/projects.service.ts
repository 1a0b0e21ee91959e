import type { ProjectGrant } from "../permissions/grant.ts";
import type { FilesService } from "./gitea/files.service.ts";
import { isEnabled, projectFilePath, withEnabled } from "./project-file.ts";

/** Projects, as far as their repository tells of them. */
export interface ProjectsService {
  readonly isEnabled: (grant: ProjectGrant<"read">) => Promise<boolean>;
  readonly setEnabled: (grant: ProjectGrant<"write">, enabled: boolean) => Promise<void>;
}

const idOf = ({ producer, env }: ProjectGrant) => `${producer}-${env}`;

export function createProjectsService(files: FilesService): ProjectsService {
  return {
    isEnabled: async (grant) => {
      const file = await files.file(grant, projectFilePath, undefined);
      return file === undefined || isEnabled(file.content.toString("utf8"), idOf(grant));
    },

    setEnabled: (grant, enabled) =>
      files.edit(
        grant,
        projectFilePath,
        enabled ? "Enable the project" : "Disable the project",
        (current) => {
          const changed = withEnabled(current?.content.toString("utf8"), idOf(grant), enabled);
          return changed === undefined ? undefined : Buffer.from(changed, "utf8");
        },
      ),
  };
}
