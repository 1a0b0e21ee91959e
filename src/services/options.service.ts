import { isUtf8 } from "node:buffer";
import { UpstreamRejected } from "../errors.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { optionsIn, optionsPath, type EnvironmentOptions } from "./environment.options.ts";
import type { RepositoryFile } from "./gitea/file.reader.ts";
import type { FilesService } from "./gitea/files.service.ts";
import type { Access } from "./workspace/workspace.access.ts";
import { withAutoGateway, withVariables, type VariableChange } from "./options.edits.ts";

/** What is set for environments, as their repositories tell of it. */
export interface OptionsService {
  readonly read: (grant: ProjectGrant) => Promise<EnvironmentOptions>;
  readonly setVariables: (grant: ProjectGrant<"write">, change: VariableChange) => Promise<void>;
  readonly setAutoGateway: (grant: ProjectGrant<"write">, enabled: boolean) => Promise<void>;
}

function textOf({ content }: RepositoryFile): string {
  if (isUtf8(content)) return content.toString("utf8");
  throw new UpstreamRejected("gitea", `${optionsPath} is not UTF-8 text; mend it first.`);
}

export function createOptionsService(
  files: FilesService,
  projects: Access<ProjectGrant, ProjectGrant<"write">>,
): OptionsService {
  // A push from outside puts a workspace's files back: nothing is being written there meanwhile.
  const edit = (
    grant: ProjectGrant<"write">,
    message: string,
    change: (text: string | undefined) => string | undefined,
  ) =>
    projects.write(grant, () =>
      files.edit(grant, optionsPath, message, (current) => {
        const changed = change(current && textOf(current));
        return changed === undefined ? undefined : Buffer.from(changed, "utf8");
      }),
    );

  return {
    read: async (grant) => {
      const file = await files.file(grant, optionsPath, undefined);
      return optionsIn(file && textOf(file));
    },
    setVariables: (grant, change) =>
      edit(grant, "Change the variables", (text) => withVariables(text, change)),
    setAutoGateway: (grant, enabled) =>
      edit(grant, enabled ? "Enable the auto gateway" : "Disable the auto gateway", (text) =>
        withAutoGateway(text, enabled),
      ),
  };
}
