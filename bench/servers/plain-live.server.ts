import "reflect-metadata";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import { buildSchema as readSdl, type GraphQLSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../../src/schema/build-schema.ts";
import { changeOf } from "../live/live.case.ts";
import { stateOf, type LiveMessage } from "../live/state.ts";
import { serveMeasured } from "../process/measured.ts";

const changed = "projectChanged";

/** Each change from now on, one after the other, as PubSub libraries keep them for a subscriber. */
async function* changesOf(changes: EventEmitter): AsyncGenerator<unknown> {
  const come: unknown[] = [];
  let wake: (() => void) | undefined;
  const hear = (change: unknown) => {
    come.push(change);
    wake?.();
  };
  changes.on(changed, hear);
  try {
    for (;;) {
      while (come.length > 0) yield { [changed]: come.shift() };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    changes.off(changed, hear);
  }
}

/** The gateway's schema, whose one subscription is a plain async iterator. */
function plainSchema(changes: EventEmitter): GraphQLSchema {
  const schema = readSdl(printSdl(buildSchema(resolvers)));
  const field = schema.getSubscriptionType()?.getFields()[changed];
  if (!field) throw new Error("There is no such subscription.");
  field.subscribe = () => changesOf(changes);
  return schema;
}

/** Subscriptions as Apollo's documentation sets them up: `useServer` of graphql-ws, each subscriber by itself. */
serveMeasured(async () => {
  const changes = new EventEmitter().setMaxListeners(0);
  const schema = plainSchema(changes);
  const server = createServer();
  useServer({ schema }, new WebSocketServer({ server, path: "/graphql" }));
  await new ApolloServer({ schema }).start();
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    answer: (message: LiveMessage) => {
      if ("state" in message) return stateOf(changes.listenerCount(changed));
      return void changes.emit(changed, { ...changeOf(message.publish), missed: 0 });
    },
  };
});
