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
  const counted = async () => {
    const lines = (await (await fetch(`${gateway.url}/metrics`)).text()).split("\n");
    const valueOf = (metric: string) =>
      Number(lines.find((line) => line.startsWith(`${metric} `))?.slice(metric.length + 1) ?? 0);
    return {
      sockets: valueOf('sett_sockets_open{transport="websocket"}'),
      subscriptions: valueOf("sett_subscriptions_running"),
      watches: valueOf("sett_permission_watches"),
      "hub topics": valueOf('sett_hub{count="topics"}'),
      "hub subscribers": valueOf('sett_hub{count="subscribers"}'),
    };
  };
  return {
    port: gateway.port,
    answer: async (message: LiveMessage) => {
      if ("state" in message) {
        const counts = await counted();
        return stateOf(counts.subscriptions, counts);
      }
      const change = changeOf(message.publish);
      gateway.hub.publish("projectChanged", projectTopic(change), change);
      return undefined;
    },
  };
});
