/** A model as a reader sees it: what the writers keep in step with each other within it. */
export interface SeenModel {
  readonly name: string;
  /** The canvas's id: the same before and after a renaming. */
  readonly canvasId: string;
  /** What each of its properties was last described as. */
  readonly versions: readonly string[];
  /** Whether the project knows how to use it. */
  readonly isConfigured: boolean;
}

/** A project as a reader sees it. */
export interface Seen {
  readonly models: readonly SeenModel[];
  /** The addresses of the service endpoints, by id. */
  readonly endpoints: ReadonlyMap<string, string>;
}

/** A way into a project for somebody who works on it; what it answers is acknowledged, what it throws is not. */
export interface Door {
  readonly saveModel: (model: SavedModel) => Promise<void>;
  readonly renameModel: (model: SavedModel, name: string) => Promise<void>;
  readonly deleteModel: (name: string) => Promise<void>;
  readonly saveEndpoint: (id: string, url: string) => Promise<void>;
  readonly deleteEndpoint: (id: string) => Promise<void>;
  readonly see: () => Promise<Seen>;
}

/** A model as a writer saves it: every property says the same version. */
export interface SavedModel {
  readonly name: string;
  readonly canvasId: string;
  readonly version: string;
}

/** The properties that every model of these writers has. */
export const propertyNames = ["one", "two", "three"];
