import type { FunctionsGrant, ProjectGrant } from "../../permissions/grant.ts";

/** Somebody who is told of a project's changes. */
export interface ChangeListener {
  readonly project: ProjectGrant;
  /** The right to know of functions as well, while it is held. */
  readonly functions: () => FunctionsGrant | undefined;
}
