import { isUtf8 } from "node:buffer";
import { UpstreamRejected } from "../errors.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { RepositoryFile } from "./gitea/file.reader.ts";
import type { FilesService } from "./gitea/files.service.ts";
import { isEnabled, projectFilePath, withEnabled } from "./project-file.ts";

/** Projects, as far as their repository tells of them. */
export interface ProjectsService {
  readonly isEnabled: (grant: ProjectGrant<"read">) => Promise<boolean>;
  readonly setEnabled: (grant: ProjectGrant<"write">, enabled: boolean) => Promise<void>;
}

const idOf = ({ producer, env }: ProjectGrant) => `${producer}-${env}`;

/** Other encodings cannot be written back as they were. */
function textOf({ content }: RepositoryFile): string {
  if (isUtf8(content)) return content.toString("utf8");
  throw new UpstreamRejected("gitea", `${projectFilePath} is not UTF-8 text; mend it first.`);
}

export function createProjectsService(files: FilesService): ProjectsService {
  return {
    isEnabled: async (grant) => {
      const file = await files.file(grant, projectFilePath, undefined);
      return file === undefined || isEnabled(textOf(file), idOf(grant));
    },

    setEnabled: (grant, enabled) =>
      files.edit(
        grant,
        projectFilePath,
        enabled ? "Enable the project" : "Disable the project",
        (current) => {
          const changed = withEnabled(current && textOf(current), idOf(grant), enabled);
          return changed === undefined ? undefined : Buffer.from(changed, "utf8");
        },
      ),
  };
}
