import { z } from "zod";
import { refuseField } from "./form.parser.ts";
import { Problem } from "./problem.error.ts";

const person = z.object({ name: z.string().default(""), email: z.string().default("") }).nullish();
const text = z.string().nullish();

const note = { message: text, branch: text, new_branch: text, author: person, committer: person };

/** The body of a change of one file. */
export const fileForm = z.object({ ...note, content: text, sha: text, from_path: text });

/** The body of a change of several files in one commit. */
export const filesForm = z.object({
  ...note,
  files: z
    .array(z.object({ operation: text, path: text, content: text, sha: text, from_path: text }))
    .nullish(),
});

/** What the body of a change says besides its files. */
export type ChangeForm = Omit<z.output<typeof filesForm>, "files">;

/** One file of a change. */
export interface FileOperation {
  operation: "create" | "update" | "delete";
  path: string;
  content: Buffer;
  sha: string | undefined;
}

/** Checks one file of a change; `update` and `delete` have to say what they replace. */
export function operationOf(
  operation: string,
  path: string,
  file: { content?: string | null | undefined; sha?: string | null | undefined },
): FileOperation {
  if (operation !== "create" && operation !== "update" && operation !== "delete") {
    throw new Problem(422, `[Operation]: In`);
  }
  const sha = file.sha ?? undefined;
  if (operation !== "create" && !sha) throw refuseField("SHA");
  return { operation, path, content: contentOf(file.content ?? ""), sha };
}

/** Refuses paths which could leave the repository or reach into git's own folder. */
export function checkPath(path: string): void {
  const parts = path.split("/");
  if (parts.includes("..")) throw new Problem(500, "");
  if (parts.some((part) => part.toLowerCase() === ".git")) {
    throw new Problem(422, `path contains a malformed path component [path: ${path}]`);
  }
}

function contentOf(encoded: string): Buffer {
  const strange = encoded.search(/[^A-Za-z0-9+/=\r\n]/);
  if (strange >= 0) throw new Problem(422, `illegal base64 data at input byte ${strange}`);
  const plain = encoded.replace(/[\r\n]/g, "");
  const rest = plain.length % 4;
  if (rest !== 0) throw new Problem(422, `illegal base64 data at input byte ${plain.length - rest}`);
  return Buffer.from(plain, "base64");
}
