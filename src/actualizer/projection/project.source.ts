import type { FunctionDefinition, ModelDefinition } from "../gateway/platform.entries.ts";
import type { Place } from "../names/object.names.ts";
import type { RepositoryPlace } from "../resources/resource.parts.ts";
import type { CustomResource } from "../resources/resources.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import type { EnvironmentOptions } from "../../services/environment.options.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import type { ActualizerSettings } from "../settings.ts";

/** All that is known of a producer's environment. */
export interface ProjectSource extends Place {
  /** Why nothing is to be made of it, in words, though it is there: what runs of it stays as it is. */
  readonly leftOut?: string | undefined;
  /** The producer as it is on the cluster, to whom all of it belongs. */
  readonly owner?: ProducerResource | undefined;
  /** The repository of the project and that of the functions; undefined where there is none. */
  readonly repository:
    | (RepositoryPlace & { readonly id?: number | undefined; readonly commit?: string | undefined })
    | undefined;
  readonly functionsRepository: RepositoryPlace | undefined;
  /** The text of the file that the canvas is saved in; undefined where there is none. */
  readonly document: string | undefined;
  /** What is set for the environment; undefined where that makes no sense. */
  readonly options: EnvironmentOptions | undefined;
  /** What the running workspace and the functions' repository tell; undefined while they cannot be asked. */
  readonly models: readonly ModelDefinition[] | undefined;
  readonly functions: readonly FunctionDefinition[] | undefined;
  readonly openApi?: JsonObject | undefined;
  readonly settings: ActualizerSettings;
  /** Its workspace as it was made last, for what cannot be read any more of a project that is not to run. */
  readonly last?: WorkspaceResource["spec"] | undefined;
}

/** All that is known of an environment whose options can be understood. */
export interface ReadSource extends ProjectSource {
  readonly options: EnvironmentOptions;
}

/** Whether a gateway is to serve an environment's whole API: as it says itself, or else as the platform does. */
export const hasAutoGateway = ({ options, settings }: Pick<ReadSource, "options" | "settings">): boolean =>
  options.autoGateway ?? settings.autoGateway;

/** Resources of which nothing can be said, so that they stay as they are: all of a kind, or one by its name. */
export interface Undecided {
  readonly kind: CustomResource["kind"];
  readonly name?: string;
  /** Why, in words. */
  readonly because: string;
}

/** What a project means on the cluster. Only `wanted` says that what is not among it is to go. */
export type Projection =
  | {
      readonly outcome: "wanted";
      readonly resources: readonly CustomResource[];
      readonly undecided: readonly Undecided[];
      /** What is saved and cannot be had as it is, in words. */
      readonly problems: readonly string[];
    }
  | { readonly outcome: "unreadable"; readonly problem: string }
  | { readonly outcome: "notYet"; readonly problem: string };
