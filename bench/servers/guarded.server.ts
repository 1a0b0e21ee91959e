import { createLog } from "../../src/log.ts";
import { startGateway } from "../../src/server/gateway.ts";
import { serveMeasured } from "../process/measured.ts";
import { addressesOf, configOf } from "./settings.ts";

/** The gateway as it is shipped. */
serveMeasured(async (settings) => {
  const config = configOf(settings);
  return startGateway(config, {
    addresses: addressesOf(settings),
    log: createLog(config.LOG_LEVEL),
    examples: [],
  });
});
