import { joinedName, type Place } from "../../services/actualizer/joined.names.ts";

export {
  functionPart,
  hashOf,
  joinedName,
  longestLabel,
  resourceName,
  type Place,
} from "../../services/actualizer/joined.names.ts";

/** What the platform runs for producers besides their functions. */
export type App = "workspace" | "sls-api" | "gateway";

/** The name of what runs something: of its deployment, its service, its ingress. */
export function objectName(app: App, { producer, env }: Place, instance?: string): string {
  return joinedName([app, producer, env, ...(instance === undefined ? [] : [instance])]);
}

const labelForm = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** An id of the canvas as a label says it: `default` stands for one that no label can have. */
export function idLabel(id: string): string {
  return labelForm.test(id) ? id : "default";
}
