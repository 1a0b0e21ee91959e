import { projectTopic } from "../../src/live/live-events.ts";
import { createLog } from "../../src/log.ts";
import { startGateway } from "../../src/server/gateway.ts";
import { changeOf } from "../live/live.case.ts";
import { stateOf, type LiveMessage } from "../live/state.ts";
import { serveMeasured } from "../process/measured.ts";
import { addressesOf, configOf } from "./settings.ts";

/** The gateway as it is shipped, which tells its subscribers of changes when it is told to. */
serveMeasured(async (settings) => {
  const config = configOf(settings);
  const gateway = await startGateway(config, {
    addresses: addressesOf(settings),
    log: createLog(config.LOG_LEVEL),
    examples: [],
  });
  const measured = async (name: string) => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  };
  return {
    port: gateway.port,
    answer: async (message: LiveMessage) => {
      if ("state" in message) return stateOf(await measured("sett_subscriptions_running"));
      const change = changeOf(message.publish);
      gateway.hub.publish("projectChanged", projectTopic(change), change);
      return undefined;
    },
  };
});
