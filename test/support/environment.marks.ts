import { readConfig } from "../../src/config.ts";
import { createPlatformNames, type EnvironmentMark } from "../../src/permissions/platform-names.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

interface Wanted extends Partial<EnvironmentMark> {
  readonly files?: Readonly<Record<string, string>>;
}

/** Adds a repository with the mark that the platform itself would have given it: nobody else can write that. */
export function addMarked(sandbox: Sandbox, owner: string, name: string, wanted: Wanted = {}): void {
  const { files, project = "main", keeps = "project" } = wanted;
  const names = createPlatformNames(readConfig({}), sandbox.addresses.giteaToken);
  const repository = sandbox.gitea.platform.addRepository(owner, name, files ? { files } : {});
  repository.description = names.marked(repository, { project, keeps });
}

/** Adds an environment: its repository and that of its functions. */
export function addEnvironment(sandbox: Sandbox, owner: string, env: string, project = "main"): void {
  addMarked(sandbox, owner, env, { project });
  addMarked(sandbox, owner, `functions-${env}`, { project, keeps: "functions" });
}
