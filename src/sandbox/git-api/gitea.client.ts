import { Agent } from "node:http";
import got, { RequestError, type Method } from "got";
import { GoError, noAnswer, unreadable } from "./go.error.ts";

/** What a call to Gitea carries besides its path. */
export interface GiteaCall {
  method?: Method;
  body?: object;
  /** The login on whose behalf the site admin asks. */
  sudo?: string;
}

/** Gitea as git-api sees it: with a site admin's token, over HTTP. */
export class GiteaClient {
  readonly #api: string;
  readonly #token: string;
  // A connection of its own for each call: none is left over from before an outage.
  readonly #agent = new Agent({ keepAlive: false });

  constructor(url: string, token: string) {
    this.#api = `${url}/api/v1`;
    this.#token = token;
  }

  /** The body of a good answer; throws a GoError otherwise. */
  async bytes(path: string, { method = "GET", body, sudo }: GiteaCall = {}): Promise<Buffer> {
    const url = this.#api + path;
    try {
      const answer = await got(url, {
        method,
        headers: { Authorization: `token ${this.#token}`, ...(sudo === undefined ? {} : { Sudo: sudo }) },
        ...(body === undefined ? {} : { json: body }),
        responseType: "buffer",
        throwHttpErrors: false,
        retry: { limit: 0 },
        agent: { http: this.#agent },
      });
      if (answer.statusCode >= 300) throw refusal(answer.statusCode, answer.body.toString("utf8"));
      return answer.body;
    } catch (error) {
      throw error instanceof RequestError ? noAnswer(method, url, error.cause) : error;
    }
  }

  /** The same, read as JSON. */
  async json<T>(path: string, call: GiteaCall = {}): Promise<T> {
    const body = await this.bytes(path, call);
    try {
      return JSON.parse(body.toString("utf8")) as T;
    } catch (error) {
      throw unreadable(error);
    }
  }
}

/** Worded as Gitea's client library for Go words it: git-api reads the message back out of the text. */
function refusal(status: number, body: string): GoError {
  if (status === 403) return new GoError("403 Forbidden");
  if (status === 404) return new GoError("404 Not Found");
  if (status === 422) return new GoError(`422 Unprocessable Entity: ${body}`);
  return new GoError(/"message":"([^"]*)"/.exec(body)?.[1] ?? `Unknown API Error: ${status}`);
}
