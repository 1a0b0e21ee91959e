/** A language and version that functions can be written for. */
export interface Runtime {
  /** Both together, as functions name it. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

const versions: Readonly<Record<string, readonly string[]>> = {
  nodejs: ["6", "8"],
  python: ["2.7", "3.6"],
  go: ["1.10"],
  java: ["1.8"],
  php: ["7.2"],
  ruby: ["2.4"],
  dotnetcore: ["2.0"],
};

/** The runtimes that the platform has templates for; there is no way to ask it. */
export const runtimes: readonly Runtime[] = Object.entries(versions).flatMap(([name, all]) =>
  all.map((version) => ({ id: `${name}:${version}`, name, version })),
);

/** A runtime by its id; undefined for one that the platform does not have. */
export function runtimeOf(id: string): Runtime | undefined {
  return runtimes.find((each) => each.id === id);
}

/** What is wrong with a runtime that there is none of. */
export const unknownRuntime = `must be one of ${runtimes.map(({ id }) => id).join(", ")}`;
