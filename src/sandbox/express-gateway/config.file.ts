import { pass } from "../workspace/workspace.timing.ts";
import { checkConfig, readConfig } from "./config.check.ts";
import type { GatewayTiming } from "./gateway.timing.ts";
import { fieldsOf, type Fields } from "./json.fields.ts";

/** The parts of a configuration that are objects by name. */
export type ConfigPart = "pipelines" | "apiEndpoints" | "serviceEndpoints";

/** What the admin API shows and changes of a gateway's configuration. */
export interface GatewayConfig extends Record<ConfigPart, Fields> {
  policies: string[];
}

/** What a configuration file is made with. */
export interface ConfigFileOptions {
  config: GatewayConfig;
  timing: GatewayTiming;
  /** Whether writes that overlap do damage. */
  damage: boolean;
}

/**
 * The file that a gateway is configured by. Writes go into it; reads are of what was last loaded from it, which
 * happens when it has kept its size for a while.
 */
export class ConfigFile {
  readonly #timing: GatewayTiming;
  readonly #damage: boolean;
  #text: string;
  #served: GatewayConfig;
  #loadsAt: number | undefined;

  constructor({ config, timing, damage }: ConfigFileOptions) {
    this.#timing = timing;
    this.#damage = damage;
    this.#text = JSON.stringify(config);
    this.#served = loaded(this.#text);
  }

  /** What is in the file. */
  stored(): GatewayConfig {
    return JSON.parse(this.#text) as GatewayConfig;
  }

  /** What reads see. */
  served(): GatewayConfig {
    if (this.#loadsAt !== undefined && performance.now() >= this.#loadsAt) this.reload();
    return this.#served;
  }

  /** Loads the file now, without waiting for it to be left alone. */
  reload(): void {
    this.#loadsAt = undefined;
    this.#served = loaded(this.#text);
  }

  /** Puts another configuration in place of all there is, loaded at once. */
  replace(config: GatewayConfig): void {
    this.#text = JSON.stringify(config);
    this.reload();
  }

  /** Changes the file; whatever is written between what this sees and its own writing is lost. */
  async change<T>(change: (config: GatewayConfig) => T): Promise<T> {
    if (!this.#damage) await pass(this.#timing.overlapMs);
    const config = this.stored();
    const result = change(config);
    const text = JSON.stringify(config);
    checkConfig(text);
    if (this.#damage) await pass(this.#timing.overlapMs);
    this.#write(text);
    return result;
  }

  #write(text: string): void {
    // What was due before this write is loaded without it.
    this.served();
    const now = performance.now();
    if (this.#loadsAt === undefined || text.length !== this.#text.length)
      this.#loadsAt = now + this.#timing.staleMs;
    this.#text = text;
  }
}

function loaded(text: string): GatewayConfig {
  const config = readConfig(text) as unknown as GatewayConfig;
  for (const each of Object.values(config.pipelines)) {
    const pipeline = fieldsOf(each);
    pipeline["apiEndpoints"] = [pipeline["apiEndpoints"] ?? pipeline["apiEndpoint"] ?? null].flat();
  }
  return config;
}
