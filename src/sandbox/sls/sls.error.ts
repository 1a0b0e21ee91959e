import { posix } from "node:path";
import { expressJson } from "../configstore/express.reply.ts";
import type { Reply } from "../http.ts";

/** Where an sls-api says that its disk is. */
export const serverRoot = "/srv/platform/serverless-api";

/** Where the folders of functions are on that disk. */
export const workspaceRoot = `${serverRoot}/workspace`;

/** A failure as an sls-api tells it: whatever the error carries, but for its message. */
export class SlsError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, body: object) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }

  get reply(): Reply {
    return expressJson(this.status, this.body);
  }
}

const errorNumbers = { ENOENT: -2, EEXIST: -17, EISDIR: -21 } as const;

/** A failure of the file system, with the path on the server's disk. */
export function fileFailure(code: keyof typeof errorNumbers, syscall: string, path: string): SlsError {
  return new SlsError(400, { errno: errorNumbers[code], code, syscall, path: posix.normalize(path) });
}

/** A command that ended with a failure. */
export function commandFailure(cmd: string): SlsError {
  return new SlsError(400, { killed: false, code: 1, signal: null, cmd });
}

/** A command that could not be started, since there is no folder to start it in. */
export function spawnFailure(cmd: string): SlsError {
  const spawn = { syscall: "spawn /bin/sh", path: "/bin/sh", spawnargs: ["-c", cmd] };
  return new SlsError(400, { errno: "ENOENT", code: "ENOENT", ...spawn, cmd });
}
