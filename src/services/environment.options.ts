/** Where what is set for an environment is kept in its repository. */
export const optionsPath = "sett.json";

/** What is set for an environment, besides what is drawn on its canvas. */
export interface EnvironmentOptions {
  /** What its workspace is told in its environment, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a gateway serves the running project's whole API; undefined where the platform's own rule holds. */
  readonly autoGateway: boolean | undefined;
}

/** What holds where nothing is set. */
export const noOptions: EnvironmentOptions = { variables: {}, autoGateway: undefined };
