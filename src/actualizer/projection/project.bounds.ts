/**
 * How much one environment can ask for. All producers are read by one process and kept by one cluster, and nothing but
 * its owner's word says what a file holds: each bound is far more than anybody draws.
 */
export const mostOf = {
  /** Each of these is a pod. */
  gateways: 50,
  functions: 300,
  /** The file that the canvas is saved in. */
  documentBytes: 1_000_000,
  /** Gateways, pipelines, connections and endpoints together. */
  entries: 5_000,
  /** Problems of one kind that are told one by one. */
  problems: 20,
  /** Of one of them. */
  problemLength: 300,
  /** A gateway's configuration; the cluster keeps it twice, as JSON and as files, and no object of over a megabyte. */
  configurationBytes: 400_000,
  filesBytes: 900_000,
  /** The files of all of an environment's gateways. */
  allFilesBytes: 2_000_000,
} as const;

/** The first problems, none of them twice, and how many there are besides. */
export function firstProblems(
  problems: Iterable<string>,
  about: "gateways" | "functions",
): readonly string[] {
  const all = [...new Set(problems)];
  const told = all.slice(0, mostOf.problems).map((each) => each.slice(0, mostOf.problemLength));
  const others = all.length - told.length;
  return others > 0 ? [...told, `There are ${others} more problems with ${about}.`] : told;
}
