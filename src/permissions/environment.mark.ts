/** What the description of a repository says that belongs to an environment somebody has made. */
export interface EnvironmentMark {
  readonly project: string;
  readonly keeps: "project" | "functions";
}

/** The project that is meant where none is named. */
const unnamed = "main";

const mark =
  /^LunchBadger environment(?: of project (?<project>[a-z][a-z0-9]{0,19})(?![\w-]))?(?<functions> \(functions\))?(?![\w-])/;

/** The mark that a description begins with, if it does: whatever else people write after it is theirs. */
export function markOf(description: string): EnvironmentMark | undefined {
  const groups = mark.exec(description)?.groups;
  if (!groups) return undefined;
  return { project: groups["project"] ?? unnamed, keeps: groups["functions"] ? "functions" : "project" };
}

/** The description of a repository that is to be marked. */
export function markText({ project, keeps }: EnvironmentMark): string {
  const of = project === unnamed ? "" : ` of project ${project}`;
  return `LunchBadger environment${of}${keeps === "functions" ? " (functions)" : ""}`;
}
