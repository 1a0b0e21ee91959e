import { createGraphiQLFetcher, isAsyncIterable, type Fetcher } from "@graphiql/toolkit";
import { OperationTypeNode } from "graphql";
import type { Client } from "graphql-ws";
import { authorization, lookAgain, sessionOf } from "../identity/identity.store.ts";
import type { PagesConfiguration } from "../identity/pages.configuration.ts";
import { openSocket, socketOf } from "./explorer.socket.ts";
import { checkHealth, noteAnswer } from "./trouble/gateway.health.ts";
import { writtenOperation } from "./written.operation.ts";

type Headers = Readonly<Record<string, unknown>>;

/** What the headers of a tab say of who asks, however it is spelt. */
function ownAuthorization(headers: Headers | undefined): string | undefined {
  const own = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "authorization")?.[1];
  return typeof own === "string" ? own : undefined;
}

/** The headers of a tab stand over who one is in this tab of the browser. */
const withAuthorization: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  const shown = authorization();
  const login = sessionOf();
  if (!headers.has("authorization")) {
    if (shown !== undefined) headers.set("authorization", shown);
    else if (login !== undefined) headers.set("x-sett-login", login);
  }
  return fetch(input, { ...init, headers });
};

/** Asks as who one is: queries and mutations over HTTP, subscriptions over a socket. */
export function explorerFetcher({ endpoint }: PagesConfiguration): Fetcher {
  const url = new URL(endpoint, location.href);
  const overHttp = createGraphiQLFetcher({
    url: url.href,
    fetch: withAuthorization,
    enableIncrementalDelivery: false,
  });

  return async (given, options = {}) => {
    const operation = writtenOperation(given.query, given.operationName);
    const params = operation ? { ...given, operationName: operation.name?.value ?? null } : given;
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      const own = ownAuthorization(options.headers);
      return subscribing(
        own === undefined ? socketOf(url) : openSocket(url, () => ({ authorization: own })),
        params,
      );
    }
    try {
      const answer = await overHttp(params, options);
      if (!isAsyncIterable(answer)) heed(answer);
      return answer;
    } catch (error) {
      void checkHealth();
      throw error;
    }
  };
}

/** Looks into what an answer tells: of services that are away, or of a session that is not accepted any more. */
function heed(answer: unknown): void {
  noteAnswer(answer);
  const { errors } = (answer ?? {}) as { errors?: readonly { extensions?: { code?: string } }[] };
  const isRefused = errors?.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
  if (isRefused && sessionOf() !== undefined) lookAgain();
}

type Params = Parameters<Fetcher>[0];

/** A subscription as GraphiQL takes it: told event by event, and stopped when it is run again. */
function subscribing(
  client: Client,
  { query, variables, operationName }: Params,
): Awaited<ReturnType<Fetcher>> {
  return {
    subscribe: (observer: {
      next: (value: never) => void;
      error: (error: unknown) => void;
      complete: () => void;
    }) => ({
      unsubscribe: client.subscribe(
        {
          query,
          variables: (variables ?? {}) as Record<string, unknown>,
          operationName: operationName ?? null,
        },
        {
          next: (event) => {
            heed(event);
            observer.next(event as never);
          },
          error: (error) => {
            if (Array.isArray(error)) heed({ errors: error });
            else void checkHealth();
            observer.error(asError(error));
          },
          complete: () => observer.complete(),
        },
      ),
    }),
  } as Awaited<ReturnType<Fetcher>>;
}

/** A socket that was closed has a number and a reason; what is wrong with a document is a list of errors. */
function asError(error: unknown): unknown {
  if (!(error instanceof CloseEvent)) return error;
  return new Error(`The socket was closed with ${error.code}${error.reason ? `: ${error.reason}` : ""}.`);
}
