import { get } from "node:http";

/** Where a process answers that it is alive, by its own variables. */
interface Place {
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

const longestMs = 3000;

/** Who listens on every address is reached by this machine's own. */
const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** The defaults are those of the variables' tables, which are not loaded: this starts anew for each check. */
function placeOf(program: string | undefined, env: NodeJS.ProcessEnv): Place {
  if (program === "actualizer") {
    const { ACTUALIZER_HOST: host, ACTUALIZER_PORT: port } = env;
    return { host: host || "127.0.0.1", port: port || "4001", path: "/healthz" };
  }
  return { host: env["HOST"] || "127.0.0.1", port: env["PORT"] || "4000", path: "/livez" };
}

function end(problem?: string): void {
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  process.exit(problem === undefined ? 0 : 1);
}

/** Ends with 0 if the gateway of this container is alive, or its actualizer, if that is named; else with 1 and why. */
const { host, port, path } = placeOf(process.argv[2], process.env);
const address = { host: everywhere[host] ?? host, port, path, timeout: longestMs };
get(address, ({ statusCode }) => end(statusCode === 200 ? undefined : `${path} answered ${statusCode}`))
  .on("timeout", () => end(`${path} does not answer`))
  .on("error", ({ message }) => end(message));
