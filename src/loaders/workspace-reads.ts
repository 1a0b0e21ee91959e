import DataLoader from "dataloader";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { Services } from "../services/services.ts";
import type { Hold } from "../services/workspace/lock/workspace.lock.ts";

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

/** A place in a workspace that several reads of the request have at once. */
interface SharedHold {
  readonly hold: Promise<Hold>;
  users: number;
}

interface Asked {
  readonly grant: ProjectGrant;
  readonly name: keyof Workspace["reads"];
}

/** What is no part of the project's files: nobody's write can tear it. */
const untouched: ReadonlySet<keyof Workspace["reads"]> = new Set(["status", "openApi"]);

export function createWorkspaceReads({ reads, access }: Workspace): WorkspaceReads {
  const holds = new Map<string, SharedHold>();

  const within = async <Result>(grant: ProjectGrant, read: () => Promise<Result>): Promise<Result> => {
    const key = `${grant.producer}/${grant.env}`;
    const shared = holds.get(key) ?? { hold: access.hold(grant), users: 0 };
    holds.set(key, shared);
    shared.users += 1;
    try {
      await shared.hold;
      return await read();
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        holds.delete(key);
        await shared.hold.then(
          ({ release }) => release(),
          () => undefined,
        );
      }
    }
  };

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
