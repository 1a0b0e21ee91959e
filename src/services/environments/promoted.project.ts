import { isEnabled, projectFilePath, withProjectOf } from "../project-file.ts";
import { optionsPath } from "../environment.options.ts";
import type { Route } from "./promoted.function.ts";

/** Files of secrets, wherever they are: what is in them is one environment's. */
export const isSecret = (path: string) => /(^|\/)\.env(\.[^/]*)?$/.test(path);

/** What stays an environment's own, whatever is promoted to it: how it is set up. */
export const isOwn = (path: string) => path === optionsPath || isSecret(path);

/** What stays an environment's own where it has any: where its data are, with the secrets that lead there. */
export const isKept = (path: string) => /^server\/datasources(\.[\w-]+)?\.(json|js)$/.test(path);

export const isProjectDocument = (path: string) => path === projectFilePath;

/** The saved canvas as it is to be in another environment, which stays enabled or disabled as it was. */
export function promotedProject(text: string, there: string | undefined, route: Route): string {
  const idOf = (env: string) => `${route.producer}-${env}`;
  const to = idOf(route.to);
  const isDisabled = there !== undefined && !isEnabled(there, to);
  return withProjectOf(text, { from: idOf(route.from), to, isDisabled });
}
