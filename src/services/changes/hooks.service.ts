import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { ChangesService } from "./changes.service.ts";
import { createHookReader } from "./gitea-hook.reader.ts";
import { isSigned } from "./hook.signature.ts";

/** What became of a hook. */
export type HookOutcome = "told" | "ignored" | "repeated" | "refused" | "unreadable";

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

/**
 * For how long, and how many, hooks are known to have come. A body says when its repository was last changed, so that
 * none is like another but by being sent again: by Gitea, or by somebody who has seen it.
 */
const memory = { ...atMost(10_000), ttl: 24 * 3_600_000 };

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

export function createHooksService({ secrets, changes, names, platformCommitters }: Means): HooksService {
  const read = createHookReader({ names, platformCommitters });
  const taken = new LRUCache<string, true>(memory);
  return {
    isOpen: secrets.length > 0,
    take: (body, headers) => {
      if (!isSigned(body, headers, secrets)) return "refused";
      // Headers are not signed, so what they say cannot tell one from another.
      const digest = createHash("sha256").update(body).digest("base64url");
      if (taken.has(digest)) return "repeated";
      const json = parsed(body);
      if (json === undefined) return "unreadable";
      const news = read(String(headers["x-gitea-event"] ?? ""), json);
      if (typeof news === "string") return news;
      taken.set(digest, true);
      changes.pushed(news);
      return "told";
    },
  };
}
