/** An operation that the explorer opens in a tab of its own. */
export interface Example {
  readonly title: string;
  /** Names its operation: GraphiQL calls the tab by it. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The name of the one as whom it runs as it stands. */
  readonly as?: string;
  /** The code of the error that it shows, if it is there to show one. */
  readonly refused?: string;
}

/** The operations about one noun of the graph. */
export interface ExampleGroup {
  readonly noun: string;
  readonly examples: readonly Example[];
}

/** What the examples are about: names that are there on the sandbox, or stand for those of somebody's own. */
export interface ExamplePlace {
  readonly producer: string;
  /** The producer's account. */
  readonly owner: string;
  readonly env: string;
  /** Another environment, to be made. */
  readonly newEnv: string;
  /** A login to be let in. */
  readonly guest: string;
  /** The id of a gateway. */
  readonly gateway: string;
  readonly functionName: string;
  readonly dataSource: string;
}

/** As whom an example runs, by what they may do with the project it is about. */
export type ExampleRole = "owner" | "writer" | "reader" | "stranger" | "admin";

/** An example of everywhere, before it is known who is there. */
export interface PlacedExample extends Omit<Example, "as"> {
  readonly by: ExampleRole;
}

/** Makes the examples of one noun. */
export interface ExampleSource {
  readonly noun: string;
  readonly examples: (place: ExamplePlace) => readonly PlacedExample[];
}
