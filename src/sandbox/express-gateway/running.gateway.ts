import type { Handler } from "../http.ts";
import { adminHandler } from "./admin.server.ts";
import { ConfigFile, type GatewayConfig } from "./config.file.ts";
import type { ConsumerStore } from "./consumer.store.ts";
import type { CredentialStore } from "./credential.store.ts";
import type { GatewayTiming } from "./gateway.timing.ts";
import type { ScopeStore } from "./scope.store.ts";
import type { SharedDatabase } from "./shared.database.ts";

/** What a gateway is made with. */
export interface RunningGatewayOptions {
  /** The id of the gateway in the project's document. */
  id: string;
  /** The configuration that it is started with. */
  deployed: () => GatewayConfig;
  database: SharedDatabase;
  timing: GatewayTiming;
  /** Whether writes that overlap do damage. */
  damage: boolean;
}

/** A gateway that runs, seen from its admin API. Tests look into it here, and may change its timing at any time. */
export class RunningGateway {
  readonly id: string;
  readonly timing: GatewayTiming;
  readonly admin: Handler;
  readonly consumers: ConsumerStore;
  readonly credentials: CredentialStore;
  readonly scopes: ScopeStore;
  readonly #file: ConfigFile;
  readonly #deployed: () => GatewayConfig;

  constructor({ id, deployed, database, timing, damage }: RunningGatewayOptions) {
    this.id = id;
    this.timing = { ...timing };
    this.#deployed = deployed;
    this.#file = new ConfigFile({ config: deployed(), timing: this.timing, damage });
    this.consumers = database.consumers;
    this.credentials = database.credentials;
    this.scopes = database.scopes;
    this.admin = adminHandler(this.#file, database);
  }

  /** The configuration that was written last. */
  stored(): GatewayConfig {
    return this.#file.stored();
  }

  /** The configuration that reads see and calls are routed by. */
  served(): GatewayConfig {
    return this.#file.served();
  }

  /** Serves at once what was written. */
  reload(): void {
    this.#file.reload();
  }

  /** Starts anew with what is saved in the project, as the platform does after a change of it. */
  redeploy(): void {
    this.#file.replace(this.#deployed());
  }
}
