import type { TrustedDocument } from "./document.ts";
import { endpointsOf, type CallOptions, type SettClientOptions } from "./options.ts";
import type { Answer } from "./requests/answer.ts";
import { KnownDocuments } from "./requests/known.documents.ts";
import { Requests } from "./requests/requests.ts";
import { eventsOf } from "./subscriptions/events.ts";
import type { Resume } from "./subscriptions/resume.ts";
import type { Subscriber } from "./subscriptions/subscriber.ts";
import { Subscription } from "./subscriptions/subscription.ts";
import { createTransports } from "./subscriptions/transports.ts";

/** Variables and what else a call may say; both may be left out where the document needs no variables. */
export type Asked<Variables, More> =
  Record<string, never> extends Variables
    ? [variables?: Variables, more?: More]
    : [variables: Variables, more?: More];

/** What a subscription may say besides who is told of it. */
export interface SubscribeOptions {
  /** What to ask with after a break; logs go on after their last line without this. */
  readonly resume?: Resume;
}

/** A gateway, to ask and to listen to. */
export interface SettClient {
  /** Asks; throws the first error, whose `data` has what was answered all the same. */
  readonly query: <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    ...asked: Asked<Variables, CallOptions>
  ) => Promise<Data>;
  /** Changes something; throws the first error. It is never done twice. */
  readonly mutate: <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    variables: Variables,
    call?: Omit<CallOptions, "retries">,
  ) => Promise<Data>;
  /** Asks for as much as can be answered; throws only what is no answer at all. */
  readonly execute: <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    ...asked: Asked<Variables, CallOptions>
  ) => Promise<Answer<Data>>;
  /** Listens until what is answered is called, or it is over. */
  readonly subscribe: <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    variables: Variables,
    subscriber: Subscriber<Data> & SubscribeOptions,
  ) => () => void;
  /** Listens for as long as somebody loops. */
  readonly events: <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    ...asked: Asked<Variables, SubscribeOptions>
  ) => AsyncIterableIterator<Data, undefined>;
  /** Opens all connections anew, as when somebody else has signed in. */
  readonly reconnect: () => void;
  /** Leaves everything, for good: calls fail as `ClientDisposed`, subscriptions and loops end without a word. */
  readonly dispose: () => void;
}

/** Makes a client; it opens no connection before it is asked to. */
export function createSettClient(options: SettClientOptions): SettClient {
  const endpoints = endpointsOf(options.url);
  const known = new KnownDocuments();
  const requests = new Requests({ options, endpoints, known });
  const transports = createTransports(options, endpoints);
  const running = new Set<Subscription>();
  let isDisposed = false;

  const execute = async <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    ...[variables, call]: Asked<Variables, CallOptions>
  ): Promise<Answer<Data>> =>
    (await requests.execute(document, variables ?? undefined, call)) as Answer<Data>;

  const ask = async <Data, Variables>(
    document: TrustedDocument<Data, Variables>,
    ...asked: Asked<Variables, CallOptions>
  ): Promise<Data> => {
    const { data, errors } = await execute(document, ...asked);
    const [error] = errors;
    if (error) throw error;
    return data as Data;
  };

  const subscribe = <Data>(
    document: TrustedDocument<Data, never>,
    variables: unknown,
    { resume, ...subscriber }: Subscriber<Data> & SubscribeOptions,
    left?: () => void,
  ) => {
    if (isDisposed) {
      left?.();
      return () => undefined;
    }
    const subscription = new Subscription(
      { options, transports, known },
      { document, variables: variables ?? {}, resume },
      subscriber as Subscriber<unknown>,
      (ended) => {
        running.delete(ended);
        left?.();
      },
    );
    running.add(subscription);
    subscription.begin();
    return () => subscription.leave();
  };

  return {
    execute,
    query: ask,
    mutate: (document, variables, call) =>
      ask(document, ...([variables, call] as Asked<typeof variables, CallOptions>)),
    subscribe: (document, variables, subscriber) => subscribe(document, variables, subscriber),
    events: (document, ...[variables, more]) =>
      eventsOf((subscriber, left) => subscribe(document, variables, { ...more, ...subscriber }, left)),
    reconnect: () => {
      transports.reset();
      for (const each of running) each.begin();
    },
    dispose: () => {
      isDisposed = true;
      requests.dispose();
      for (const each of running) each.leave();
      transports.reset();
    },
  };
}
