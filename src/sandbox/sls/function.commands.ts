import { pass } from "../workspace/workspace.timing.ts";
import type { FunctionCluster } from "./function.cluster.ts";
import type { FunctionFolders } from "./function.folders.ts";
import type { FunctionTiming } from "./function.timing.ts";
import {
  functionName,
  functionsIn,
  type DescribedFunction,
  type FunctionPlace,
} from "./serverless.document.ts";
import { commandFailure, SlsError, spawnFailure } from "./sls.error.ts";

/** A command line that an sls-api runs in the folder of a service. */
export type CommandName = "deploy" | "remove" | "logs";

const logLines = 100;

/** The command line tool that an sls-api calls in a service's folder. What it prints when it fails is told to nobody. */
export class FunctionCommands {
  readonly #place: FunctionPlace;
  readonly #folders: FunctionFolders;
  readonly #cluster: FunctionCluster;
  readonly #timing: FunctionTiming;
  readonly #failures: { command: CommandName; service: string | undefined }[] = [];

  constructor(
    place: FunctionPlace,
    on: { folders: FunctionFolders; cluster: FunctionCluster; timing: FunctionTiming },
  ) {
    this.#place = place;
    this.#folders = on.folders;
    this.#cluster = on.cluster;
    this.#timing = on.timing;
  }

  /**
   * Lets the next command of that name fail, of one service or of any. A deployment fails half way: what ran before is
   * removed, and nothing runs in its place.
   */
  failNext(command: CommandName, service?: string): void {
    this.#failures.push({ command, service });
  }

  /** Removes what a service has deployed and deploys it as it is now. */
  async deploy(service: string): Promise<void> {
    const cmd = "sls remove && sls deploy";
    const { deployMs, undeployMs } = this.#timing;
    const removed = this.#functions(service, cmd);
    await pass(Math.min(undeployMs, deployMs));
    this.#reach(cmd);
    for (const { name } of removed) this.#cluster.remove(name);
    await pass(deployMs - undeployMs);
    this.#reach(cmd);
    if (this.#fails("deploy", service)) throw commandFailure(cmd);
    for (const described of this.#functions(service, cmd)) this.#cluster.deploy(described);
  }

  /** Deploys a service in no time, as what was there before anybody looked. */
  deployAtOnce(service: string): void {
    for (const described of this.#functions(service, "sls deploy")) this.#cluster.deploy(described);
  }

  /** Removes what a service has deployed; answers what the command prints. */
  async remove(service: string): Promise<string> {
    const cmd = "sls remove -v";
    const functions = this.#functions(service, cmd);
    await pass(this.#timing.undeployMs);
    this.#reach(cmd);
    if (this.#fails("remove", service)) throw commandFailure(cmd);
    return functions.map(({ name }) => this.#removed(name)).join("");
  }

  /** The last lines that a service's function has written. */
  async logs(service: string): Promise<string> {
    const name = functionName(this.#place, service);
    const cmd = `sls logs -f ${name} --count ${logLines}`;
    this.#functions(service, cmd);
    await pass(this.#timing.logsMs);
    this.#reach(cmd);
    const deployed = this.#cluster.find(name);
    if (deployed === undefined || this.#fails("logs", service)) throw commandFailure(cmd);
    return deployed.logs
      .slice(-logLines)
      .map((line) => `${line}\n`)
      .join("");
  }

  #functions(service: string, cmd: string): DescribedFunction[] {
    if (!this.#folders.has(service)) throw spawnFailure(cmd);
    if (!this.#folders.hasDocument(service)) throw commandFailure(cmd);
    try {
      return functionsIn(this.#folders.document(service), service);
    } catch (error) {
      throw error instanceof SlsError ? commandFailure(cmd) : error;
    }
  }

  #reach(cmd: string): void {
    if (!this.#cluster.isReachable) throw commandFailure(cmd);
  }

  #removed(name: string): string {
    const wasThere = this.#cluster.remove(name);
    const skipped = `Serverless: The element ${name} doesn't exist. Skipping removal.\n`;
    return `Serverless: Removing function: ${name}...\n${wasThere ? "" : skipped}`;
  }

  #fails(command: CommandName, service: string): boolean {
    const index = this.#failures.findIndex(
      (each) => each.command === command && (each.service ?? service) === service,
    );
    if (index >= 0) this.#failures.splice(index, 1);
    return index >= 0;
  }
}
