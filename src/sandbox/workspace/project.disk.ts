import { basename } from "node:path/posix";
import type { Entity } from "./loopback.body.ts";
import { LoopbackError } from "./loopback.error.ts";
import { parseLikeNode8 } from "./json.syntax.ts";
import { packagePath, projectRoot } from "./project.template.ts";
import { pass, type WorkspaceTiming } from "./workspace.timing.ts";

/** Files of a project, by path. */
export type Files = Map<string, string>;

/** How a write is made. */
export interface WriteOptions {
  /** The file that is about what is written: it is not overwritten with what it was. */
  own?: string | undefined;
  /** Whether the write ends with a commit and a push; the default is that it does. */
  committed?: boolean;
}

/**
 * The disk of a pod, with what overlapping does to it: a write reads the whole project when it begins and writes all of
 * that back when it ends, so what others wrote in between is lost, and what they deleted comes back; and while files
 * are being written they read as cut off.
 */
export class ProjectDisk {
  readonly files: Files;
  readonly #timing: WorkspaceTiming;
  readonly #damage: boolean;
  readonly #saved: () => void;
  #writing = 0;
  #halfWritten = 0;
  #git: Promise<void> = Promise.resolve();

  constructor(options: { files: Files; timing: WorkspaceTiming; damage: boolean; saved: () => void }) {
    this.files = options.files;
    this.#timing = options.timing;
    this.#damage = options.damage;
    this.#saved = options.saved;
  }

  /** How many writes have begun and not ended. */
  get writing(): number {
    return this.#writing;
  }

  /** Whether files read as cut off just now. */
  get isHalfWritten(): boolean {
    return this.#halfWritten > 0;
  }

  /** Git runs synchronously: while it does, nothing is answered. */
  idle(): Promise<void> {
    return this.#git;
  }

  /** Reads the project: every read begins with all of its files. */
  async read<T>(look: (files: Files) => T): Promise<T> {
    await pass(this.#timing.readMs);
    if (this.isHalfWritten) throw unreadable(packagePath, "Unexpected end of JSON input");
    parsed(this.files, packagePath);
    return look(this.files);
  }

  /** Changes the project; `before` is what the files were when the write began. */
  async write<T>(change: (files: Files, before: Files) => T, options: WriteOptions = {}): Promise<T> {
    parsed(this.files, packagePath);
    const before = this.#damage ? new Map(this.files) : undefined;
    this.#writing += 1;
    await pass(this.#timing.overlapMs);
    if (before !== undefined) this.#writeBack(before, options.own);
    this.#halfWritten += this.#damage ? 1 : 0;
    try {
      return change(this.files, before ?? this.files);
    } finally {
      await pass(this.#damage ? this.#timing.tornMs : 0);
      this.#halfWritten -= this.#damage ? 1 : 0;
      await pass(this.#timing.writeMs);
      this.#writing -= 1;
      if (options.committed ?? true) this.commit();
    }
  }

  /** Commits what there is and pushes it. */
  commit(): void {
    if (this.#timing.gitMs > 0) this.#git = this.#git.then(() => pass(this.#timing.gitMs));
    this.#saved();
  }

  #writeBack(before: Files, own: string | undefined): void {
    for (const [path, content] of before) {
      if (path !== own && isWrittenBack.test(path)) this.files.set(path, content);
    }
  }
}

const isWrittenBack = /^server\/(?:datasources|model-config|models\/[^/]+)\.json$/;

/** A file's JSON object; {} where there is no file. */
export function parsed(files: Files, path: string): Entity {
  try {
    return parseLikeNode8(files.get(path) ?? "{}") as Entity;
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
}

function unreadable(path: string, why: string): LoopbackError {
  const message = `Cannot parse ${basename(path)}: ${projectRoot}/${path}: ${why}`;
  return new LoopbackError(500, message, { name: "SyntaxError" });
}
