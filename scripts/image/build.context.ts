interface Rule {
  readonly keeps: boolean;
  readonly matches: (path: string) => boolean;
}

/** A line as `.dockerignore` has them: a path, `*`, or `**` before a name. Other patterns are a mistake here. */
function ruleOf(line: string): Rule {
  const keeps = line.startsWith("!");
  const pattern = (keeps ? line.slice(1) : line).replace(/\/$/, "");
  if (pattern === "*") return { keeps, matches: () => true };
  const anywhere = /^\*\*\/([\w.-]+)$/.exec(pattern)?.[1];
  if (anywhere !== undefined) return { keeps, matches: (path) => path.split("/").includes(anywhere) };
  if (!/^[\w./-]+$/.test(pattern))
    throw new Error(`.dockerignore: ${line} is a pattern that is not known here`);
  return { keeps, matches: (path) => path === pattern || path.startsWith(`${pattern}/`) };
}

/** Whether a path, from the folder that is built, goes into the build: the last line that matches says. */
export function readIgnored(text: string): (path: string) => boolean {
  const rules = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(ruleOf);
  return (path) => rules.findLast(({ matches }) => matches(path))?.keeps === false;
}
