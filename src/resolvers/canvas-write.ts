import { randomUUID } from "node:crypto";
import type { SignedIn } from "../context.ts";
import { SettError, UpstreamRejected } from "../errors.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { DeleteFromProjectPayload, type DeleteFromProjectInput } from "../schema/canvas.type.ts";
import { WriteOutcome, type ProjectWrite } from "../schema/write.type.ts";
import { withItem, withoutItem } from "../services/workspace/document/canvas.changes.ts";
import { listOf, textOf } from "../services/workspace/document/document.reader.ts";
import type { Change } from "../services/workspace/document.service.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

export type Write = ProjectGrant<"write">;

/** The document as it is after a change of these entities, and what every such write answers. */
export async function changed(
  context: SignedIn,
  grant: Write,
  change: Change,
  revision: string | null | undefined,
  entities: readonly string[],
): Promise<{ document: JsonObject; write: ProjectWrite }> {
  const { services, lookups } = context;
  const write = services.workspace.document.save(grant, change, {
    revision: revision ?? undefined,
    functions: () => functionIds(context, grant),
  });
  const saved = await told(write.finally(lookups.workspaces.forget), (done) =>
    announce(context, grant, { kind: "CANVAS", entities, ...(done && { revision: done.revision }) }),
  );
  const outcome = WriteOutcome[saved.outcome];
  return {
    document: saved.document,
    write: { project: grantedProject(grant), revision: saved.revision, outcome },
  };
}

/** Makes or changes one item of a list. */
export async function saved(
  context: SignedIn,
  grant: Write,
  field: string,
  fields: JsonObject,
  revision: string | null | undefined,
) {
  const id = typeof fields["id"] === "string" ? fields["id"] : randomUUID();
  const change: Change = (from) => withItem(from, field, id, { ...fields, id });
  const { document, write } = await changed(context, grant, change, revision, [`${field}/${id}`]);
  const item = listOf(document, field).find((each) => each["id"] === id);
  if (!item) throw new UpstreamRejected("project-api", "The workspace said yes to this and did not keep it.");
  return { item, write };
}

/** Refuses pipelines that make no sense; whether the running gateway could be asked what it makes of them. */
export async function checkedPipelines(
  context: SignedIn,
  grant: Write,
  gateway: JsonObject,
): Promise<boolean> {
  const { services, lookups } = context;
  const pipelines = listOf(gateway, "pipelines");
  if (pipelines.length === 0) return true;
  const field = (index: number) => `input.gateway.pipelines.${index}`;
  const functions = () => functionIds(context, grant);
  const wanted = { gateway: textOf(gateway["id"]), pipelines, field, functions };
  return services.gateways.check.pipelines(grant, await lookups.workspaces.read(grant, "document"), wanted);
}

/** The ids that functions have on the canvas; undefined for who may not read them, and while nobody can. */
export async function functionIds(
  { policy, lookups }: SignedIn,
  { producer, env }: Write,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const functions = await lookups.functions.list(await policy.require("functions:read", { producer, env }));
    return new Set(functions.flatMap(({ lunchbadgerId }) => lunchbadgerId ?? []));
  } catch (error) {
    if (error instanceof SettError) return undefined;
    throw error;
  }
}

/** Takes one item of a list away. */
export async function deleted(
  context: SignedIn,
  grant: Write,
  { field, noun }: { field: string; noun: string },
  { id, revision }: DeleteFromProjectInput,
): Promise<DeleteFromProjectPayload> {
  const change: Change = (from) => withoutItem(from, field, id, noun);
  const { write } = await changed(context, grant, change, revision, [`${field}/${id}`]);
  return Object.assign(new DeleteFromProjectPayload(), write, { deletedId: id });
}
