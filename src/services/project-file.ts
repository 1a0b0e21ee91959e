import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";
import { UpstreamRejected } from "../errors.ts";

/** Where a saved canvas is kept in its repository. */
export const projectFilePath = "lunchbadger.json";

const formatting = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" } };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function read(text: string): Record<string, unknown> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  if (errors.length > 0 || !isObject(value)) {
    throw new UpstreamRejected("gitea", `${projectFilePath} is not a JSON object; mend it first.`);
  }
  return value;
}

function projectText(file: Record<string, unknown>, id: string): string | undefined {
  const projects = isObject(file["models"]) ? file["models"]["Project"] : undefined;
  const text = isObject(projects) ? projects[id] : undefined;
  return typeof text === "string" ? text : undefined;
}

/** Whether the platform runs the project: it does unless its saved canvas says that it is disabled. */
export function isEnabled(fileText: string, id: string): boolean {
  const text = projectText(read(fileText), id);
  return text === undefined || read(text)["disabled"] !== true;
}

/**
 * The file with the project enabled or disabled and not a character else changed: order, spacing and numbers of
 * any size stay as they were written. Undefined when it already says so.
 */
export function withEnabled(fileText: string | undefined, id: string, enabled: boolean): string | undefined {
  if (fileText === undefined) {
    if (enabled) return undefined;
    const project = JSON.stringify({ id, name: "main", disabled: true });
    return `${JSON.stringify({ ids: {}, models: { Project: { [id]: project } } }, null, 2)}\n`;
  }
  if (isEnabled(fileText, id) === enabled) return undefined;
  const before = projectText(read(fileText), id) ?? JSON.stringify({ id, name: "main" });
  const after = applyEdits(before, modify(before, ["disabled"], enabled ? undefined : true, {}));
  return applyEdits(fileText, modify(fileText, ["models", "Project", id], after, formatting));
}
