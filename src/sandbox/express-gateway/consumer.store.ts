import { createHash } from "node:crypto";
import { AdminError } from "./admin.error.ts";
import { asStored, newConsumer, type Consumer } from "./consumer.record.ts";
import type { Fields } from "./json.fields.ts";
import { schemaProblem } from "./schema.check.ts";
import { schemaOf } from "./schema.catalogue.ts";

/** The two kinds of consumers. */
export type ConsumerKind = "users" | "apps";

/** A page of users or applications, and where the next one begins; 0 after the last. */
export interface ConsumerPage {
  readonly found: readonly Consumer[];
  readonly nextKey: number;
}

/** How many keys the database has of each consumer: its fields, and its name. */
const keysEach = 2;

const models: Record<ConsumerKind, string> = {
  users: "http://express-gateway.io/models/users.json",
  apps: "http://express-gateway.io/models/applications.json",
};

/** The users and applications that all gateways of one project share; they outlive the gateways. */
export class ConsumerStore {
  readonly #kept: Record<ConsumerKind, Map<string, Consumer>> = { users: new Map(), apps: new Map() };

  /** Every user or application. */
  all(kind: ConsumerKind): Consumer[] {
    return [...this.#kept[kind].values()];
  }

  user(nameOrId: unknown): Consumer | undefined {
    if (typeof nameOrId !== "string" || nameOrId === "") throw new Error("invalid username");
    return this.#named("users", "username", nameOrId)[0] ?? this.#kept.users.get(nameOrId);
  }

  app(nameOrId: string): Consumer | undefined {
    const known = this.#kept.apps.get(nameOrId);
    if (known !== undefined) return known;
    const named = this.#named("apps", "name", nameOrId);
    if (named.length < 2) return named[0];
    const ids = named.map(({ id }) => id).join(",");
    throw new Error(`Multiple applications with ${nameOrId} have been found: ${ids}.`);
  }

  /** Who can have credentials: a user by name or id, an application by id only. */
  consumer(nameOrId: unknown): Consumer | undefined {
    return this.user(nameOrId) ?? this.#kept.apps.get(String(nameOrId));
  }

  addUser(given: Fields): Fields {
    this.#check("users", given);
    if (this.user(given["username"]) !== undefined) throw new AdminError(409, "username already exists");
    return this.#add("users", given);
  }

  addApp({ userId, ...given }: Fields): Fields {
    const user = this.user(userId);
    if (user === undefined) throw new AdminError(409, "The specified user does not exist");
    this.#check("apps", given);
    const failed = "Failed to insert application: ";
    if (!this.#hasOnlyKnown("apps", given))
      throw new Error(`${failed}${failed}one or more property is invalid`);
    const { name } = given;
    if (this.#named("apps", "name", String(name)).some((each) => each["userId"] === user.id))
      throw new Error(
        `${failed}${user.id} has already another application bound with ${String(name)} as name`,
      );
    return this.#add("apps", given, { userId: user.id });
  }

  /** Changes known fields, whatever their values; users keep their names. */
  update(kind: ConsumerKind, { id }: Consumer, given: Fields): void {
    const { username: _username, ...change } = given;
    const wanted = kind === "users" ? change : given;
    if (!this.#hasOnlyKnown(kind, wanted)) throw new Error("one or more properties is invalid");
    this.#change(kind, id, wanted);
  }

  /** Turns a consumer on or off, a user's applications off with him. */
  setActive(kind: ConsumerKind, { id }: Consumer, isActive: boolean): void {
    this.#change(kind, id, { isActive });
    if (kind === "apps" || isActive) return;
    for (const app of this.#named("apps", "userId", id)) this.#change("apps", app.id, { isActive });
  }

  /** Removes a consumer, a user's applications with him; who is gone. */
  remove(kind: ConsumerKind, { id }: Consumer): string[] {
    const gone = kind === "users" ? this.#named("apps", "userId", id).map((app) => app.id) : [];
    for (const app of gone) this.#kept.apps.delete(app);
    this.#kept[kind].delete(id);
    return [...gone, id];
  }

  /**
   * A page of what the database holds, read as it reads itself: so many keys from that one on, whatever they are of,
   * in no order. A page on which none is found is taken for the last.
   */
  page(kind: ConsumerKind, start: string, count: string): ConsumerPage {
    if (!/^\d+$/.test(start)) throw new Error("ERR invalid cursor");
    if (!/^\d+$/.test(count)) throw new Error("ERR value is not an integer or out of range");
    const keys = [...this.all("users"), ...this.all("apps")]
      .sort((one, other) => (scattered(one) < scattered(other) ? -1 : 1))
      .flatMap((each) => [each, ...Array<undefined>(keysEach - 1)]);
    const end = Number(start) + Math.max(Number(count), 1);
    const found = keys
      .slice(Number(start), end)
      .filter((each) => each !== undefined)
      .filter(({ id }) => this.#kept[kind].has(id));
    return { found, nextKey: found.length === 0 || end >= keys.length ? 0 : end };
  }

  #named(kind: ConsumerKind, field: string, value: string): Consumer[] {
    return this.all(kind).filter((each) => each[field] === value);
  }

  #check(kind: ConsumerKind, given: Fields): void {
    const problem = schemaProblem(schemaOf(models[kind]) ?? {}, given, schemaOf);
    if (problem !== undefined) throw new Error(problem);
  }

  #hasOnlyKnown(kind: ConsumerKind, given: Fields): boolean {
    const known = schemaOf(models[kind])?.["properties"] as Fields;
    return Object.keys(given).every((key) => Object.hasOwn(known, key));
  }

  #add(kind: ConsumerKind, given: Fields, more: Fields = {}): Fields {
    const made = newConsumer(given, more);
    this.#kept[kind].set(made.id, asStored(made) as Consumer);
    return made;
  }

  #change(kind: ConsumerKind, id: string, change: Fields): void {
    const known = this.#kept[kind].get(id);
    if (known === undefined || Object.keys(change).length === 0) return;
    Object.assign(known, asStored({ ...change, updatedAt: String(new Date()) }));
  }
}

function scattered({ id }: Consumer): string {
  return createHash("sha1").update(id).digest("hex");
}
