import type { Change } from "./project.types.ts";

const about: Record<Change["kind"], string> = {
  CANVAS: "changed the canvas",
  MODELS: "changed models",
  DATA_SOURCES: "changed data sources",
  FILES: "changed files",
  FUNCTIONS: "changed functions, or what runs of them",
  GATEWAYS: "changed what runs at the gateways",
  WORKSPACE: "had the workspace start anew",
  CLEARED: "cleared the project",
  PUSH: "pushed commits",
  UNHEARD: "Something may have gone unheard",
};

/** Who did it, in words: you, somebody by name, or nobody that is known. */
export function whoDid({ by, author }: Change, me: string | undefined): string {
  if (by !== null && by === me) return "You";
  return by ?? author ?? "Somebody";
}

/** What was done, without who. */
export function whatWasDone({ kind, branch, commit }: Change): string {
  if (kind !== "PUSH") return about[kind];
  if (commit === null) return branch === null ? about.PUSH : `deleted the branch ${branch}`;
  return `${about.PUSH}${branch === null ? "" : ` to ${branch}`} (${commit.slice(0, 7)})`;
}

/** What it was about, as far as it is named. */
export function whatItWasAbout({ entities, unnamed }: Change, names: ReadonlyMap<string, string>): string {
  const more = unnamed > 0 ? [`${unnamed} more`] : [];
  return [...entities.map((entity) => inWords(entity, names)), ...more].join(", ");
}

/** `gateways/<id>` by what people call it, where that is known. */
function inWords(entity: string, names: ReadonlyMap<string, string>): string {
  const [kind, id = ""] = entity.split("/", 2);
  const name = names.get(id);
  return name === undefined ? entity : `${kind}/${name}`;
}

/** What has been saved comes back as a push by the platform itself: that says nothing new. */
export function isEcho({ kind, external }: Change): boolean {
  return kind === "PUSH" && external === false;
}
