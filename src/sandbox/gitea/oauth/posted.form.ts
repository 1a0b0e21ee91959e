import { parseJson, type SandboxRequest } from "../../http.ts";

/** Tells what was posted under a name; empty for what was not. */
export type PostedForm = (name: string) => string;

/** Reads what a form or a program has posted: Gitea takes both kinds at each address. */
export function postedForm(request: SandboxRequest): PostedForm {
  if (request.headers["content-type"]?.includes("json") !== true) {
    const fields = new URLSearchParams(request.body.toString("utf8"));
    return (name) => fields.get(name) ?? "";
  }
  const parsed = parseJson(request.body);
  const fields = new Map(typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : []);
  return (name) => {
    const value: unknown = fields.get(name);
    return typeof value === "string" ? value : "";
  };
}
