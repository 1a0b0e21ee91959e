import { randomBytes, randomUUID } from "node:crypto";
import type { User } from "../user.store.ts";

/** Who may ask people to sign in for it. */
export interface Application {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether it has to show its secret; one that cannot keep any has to prove by PKCE who began. */
  readonly isConfidential: boolean;
  readonly redirectUris: readonly string[];
  /** Whether a loopback address may have any port, as Gitea lets those do that are not confidential. */
  readonly anyLoopbackPort: boolean;
  readonly created: Date;
  /** Who has registered it; nobody has what came with the installation. */
  readonly owner: User | undefined;
}

/** What makes an application; confidential, and returned to exactly where it says, unless told otherwise. */
export type NewApplication = Pick<Application, "name" | "redirectUris"> &
  Partial<Pick<Application, "isConfidential" | "anyLoopbackPort">>;

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** The applications, by their public id. */
export class ApplicationStore {
  readonly #byClientId = new Map<string, Application>();
  #lastId = 0;

  add(wanted: NewApplication, created: Date, owner?: User): Application {
    const isConfidential = wanted.isConfidential ?? true;
    const application: Application = {
      anyLoopbackPort: !isConfidential,
      ...wanted,
      isConfidential,
      created,
      owner,
      id: ++this.#lastId,
      clientId: randomUUID(),
      clientSecret: `gto_${randomBytes(32).toString("hex")}`,
    };
    this.#byClientId.set(application.clientId, application);
    return application;
  }

  byClientId(clientId: string): Application | undefined {
    return this.#byClientId.get(clientId);
  }

  byId(id: number): Application | undefined {
    return [...this.#byClientId.values()].find((each) => each.id === id);
  }

  /** Those that somebody has registered. */
  of(owner: User): readonly Application[] {
    return [...this.#byClientId.values()].filter((each) => each.owner === owner);
  }

  remove(application: Application): void {
    this.#byClientId.delete(application.clientId);
  }
}

/** Whether people may be sent there with a code for the application. */
export function mayReturnTo(application: Application, address: string): boolean {
  if (application.redirectUris.includes(address)) return true;
  if (!application.anyLoopbackPort || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== "http:" || !loopback.has(url.hostname)) return false;
  url.port = "";
  return application.redirectUris.includes(url.href);
}
