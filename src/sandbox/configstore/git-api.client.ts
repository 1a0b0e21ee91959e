import { Agent } from "node:http";
import got, { type Method } from "got";

/** An object as git-api sends it; configstore looks at few of its fields. */
export type GitApiObject = Record<string, unknown>;

/** git-api as configstore sees it: whatever goes wrong there, configstore only learns that nothing came. */
export class GitApiClient {
  readonly #url: string;
  readonly #prefix: string;
  // A connection of its own for each call: none is left over from before an outage.
  readonly #agent = new Agent({ keepAlive: false });

  constructor(url: string, prefix: string) {
    this.#url = url;
    this.#prefix = prefix;
  }

  findUser(name: string): Promise<GitApiObject | undefined> {
    return this.#call("GET", this.#userPath(name));
  }

  createUser(name: string | undefined): Promise<GitApiObject | undefined> {
    return this.#call("POST", "/users", { name, prefix: this.#prefix });
  }

  async findUsers(): Promise<GitApiObject[] | undefined> {
    const found = await this.#call("GET", `/search/users?q=${this.#prefix}&limit=1000`);
    return found?.["users"] as GitApiObject[] | undefined;
  }

  async repositories(name: string): Promise<GitApiObject[] | undefined> {
    const found = await this.#call("GET", `${this.#userPath(name)}/repos`);
    return found?.["repos"] as GitApiObject[] | undefined;
  }

  async ensureRepository(name: string, repository: string): Promise<void> {
    await this.#call("PUT", `${this.#userPath(name)}/repos/${repository}`);
  }

  /** git-api reads `url` and not `callbackUrl`, so the hook goes to git-api's default address. */
  async registerHook(name: string, repository: string): Promise<void> {
    const body = { callbackUrl: "http://configstore.default/hook" };
    await this.#call("PUT", `${this.#userPath(name)}/repos/${repository}/hook`, body);
  }

  #userPath(name: string): string {
    return `/users/${this.#prefix}/${encodeURIComponent(name)}`;
  }

  async #call(method: Method, path: string, body?: object): Promise<GitApiObject | undefined> {
    try {
      return await got(this.#url + path, {
        method,
        ...(body === undefined ? {} : { json: body }),
        retry: { limit: 0 },
        agent: { http: this.#agent },
      }).json<GitApiObject>();
    } catch {
      return undefined;
    }
  }
}
