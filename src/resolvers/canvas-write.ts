import { randomUUID } from "node:crypto";
import type { SignedIn } from "../context.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { DeleteFromProjectPayload, type DeleteFromProjectInput } from "../schema/canvas.type.ts";
import { WriteOutcome, type ProjectWrite } from "../schema/write.type.ts";
import { withItem, withoutItem } from "../services/workspace/document/canvas.changes.ts";
import { listOf } from "../services/workspace/document/document.reader.ts";
import type { Change } from "../services/workspace/document.service.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { grantedProject } from "./project.resolver.ts";

export type Write = ProjectGrant<"write">;

/** The document as it is after a change, and what every such write answers. */
export async function changed(
  { services, lookups }: SignedIn,
  grant: Write,
  change: Change,
  revision: string | null | undefined,
): Promise<{ document: JsonObject; write: ProjectWrite }> {
  try {
    const saved = await services.workspace.document.save(grant, change, revision ?? undefined);
    const outcome = WriteOutcome[saved.outcome];
    return {
      document: saved.document,
      write: { project: grantedProject(grant), revision: saved.revision, outcome },
    };
  } finally {
    lookups.workspaces.forget();
  }
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
  const { document, write } = await changed(context, grant, change, revision);
  return { item: listOf(document, field).find((each) => each["id"] === id) ?? {}, write };
}

/** Takes one item of a list away. */
export async function deleted(
  context: SignedIn,
  grant: Write,
  { field, noun }: { field: string; noun: string },
  { id, revision }: DeleteFromProjectInput,
): Promise<DeleteFromProjectPayload> {
  const { write } = await changed(context, grant, (from) => withoutItem(from, field, id, noun), revision);
  return Object.assign(new DeleteFromProjectPayload(), write, { deletedId: id });
}
