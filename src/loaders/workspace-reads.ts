import DataLoader from "dataloader";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { Services } from "../services/services.ts";
import { createSharedHolds } from "./shared-holds.ts";

/** What can be read of a workspace, by name. */
type Workspace = Services["workspace"];
type Read<Name extends keyof Workspace["reads"]> = ReturnType<Workspace["reads"][Name]>;

/**
 * What one request reads of workspaces: each thing once, and all things that are asked for together with nobody
 * writing in between, so that they fit together.
 */
export interface WorkspaceReads {
  readonly read: <Name extends keyof Workspace["reads"]>(grant: ProjectGrant, name: Name) => Read<Name>;
  /** Forgets what was read, because it has just been changed. */
  readonly forget: () => void;
}

interface Asked {
  readonly grant: ProjectGrant;
  readonly name: keyof Workspace["reads"];
}

/** What is no part of the project's files: nobody's write can tear it. */
const untouched: ReadonlySet<keyof Workspace["reads"]> = new Set(["status", "openApi"]);

export function createWorkspaceReads({ reads, access }: Workspace): WorkspaceReads {
  const within = createSharedHolds(access.hold, ({ producer, env }: ProjectGrant) => `${producer}/${env}`);

  const asked = ({ grant, name }: Asked): Promise<unknown> =>
    untouched.has(name) ? reads[name](grant) : within<unknown>(grant, () => reads[name](grant));

  const known = new DataLoader<Asked, unknown, string>((keys) => Promise.all(keys.map(asked)), {
    batch: false,
    cacheKeyFn: ({ grant, name }) => `${grant.producer}/${grant.env} ${name}`,
  });

  return {
    read: <Name extends keyof Workspace["reads"]>(grant: ProjectGrant, name: Name) =>
      known.load({ grant, name }) as Read<Name>,
    forget: () => known.clearAll(),
  };
}
