import type { IncomingHttpHeaders } from "node:http";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { ChangesService } from "./changes.service.ts";
import { createHookReader } from "./gitea-hook.reader.ts";
import { isSigned } from "./hook.signature.ts";

/** What became of a hook. */
export type HookOutcome = "told" | "ignored" | "refused" | "unreadable";

/** The hooks that Gitea sends. */
export interface HooksService {
  /** Whether any are taken: a secret is known that they are signed with. */
  readonly isOpen: boolean;
  readonly take: (body: Buffer, headers: IncomingHttpHeaders) => HookOutcome;
}

interface Means {
  readonly secrets: readonly string[];
  readonly changes: Pick<ChangesService, "pushed">;
  readonly names: PlatformNames;
  /** The addresses that the platform itself commits with. */
  readonly platformCommitters: readonly string[];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

export function createHooksService({ secrets, changes, names, platformCommitters }: Means): HooksService {
  const read = createHookReader({ names, platformCommitters });
  return {
    isOpen: secrets.length > 0,
    take: (body, headers) => {
      if (!isSigned(body, headers, secrets)) return "refused";
      const json = parsed(body);
      if (json === undefined) return "unreadable";
      const news = read(String(headers["x-gitea-event"] ?? ""), json);
      if (typeof news === "string") return news;
      changes.pushed(news);
      return "told";
    },
  };
}
