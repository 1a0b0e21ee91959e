import {
  FollowPodLogDocument,
  FollowStatusDocument,
  NotFound,
  ProjectChangedDocument,
  SaveFilesDocument,
  Unauthenticated,
  type SettClient,
  type SettError,
  type SubscriptionState,
  type TrustedDocument,
} from "@sett/client";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { podOf } from "../graph/pods.asking.ts";
import { startSett } from "../support/sett.ts";
import { clientOf } from "./clients.ts";
import { openDoor } from "./door.ts";

const demos = { producer: "demo" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };

/** What a subscription has told. */
interface Told<Data> {
  readonly events: Data[];
  readonly states: SubscriptionState[];
  readonly endings: (SettError | "complete")[];
  /** Why it did not stand well. */
  readonly whys: string[];
  readonly leave: () => void;
  /** Resolves once it has stood so, so many times. */
  readonly stands: (state: SubscriptionState, times?: number) => Promise<void>;
}

function listen<Data, Variables>(
  client: SettClient,
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
): Told<Data> {
  const [events, states, endings]: [Data[], SubscriptionState[], (SettError | "complete")[]] = [[], [], []];
  const whys: string[] = [];
  const leave = client.subscribe(document, variables, {
    next: (data) => void events.push(data),
    error: (error) => void endings.push(error),
    complete: () => void endings.push("complete"),
    state: (state, why) => {
      states.push(state);
      if (why) whys.push(why.code);
    },
  });
  const stands = (state: SubscriptionState, times = 1) =>
    vi.waitFor(
      () => {
        expect(states.filter((each) => each === state).length).toBeGreaterThanOrEqual(times);
      },
      { timeout: 10_000, interval: 10 },
    );
  return { events, states, endings, whys, leave, stands };
}

/** Writes a file as demo, and so is heard of by whoever follows demo's project. */
async function change(sett: { readonly url: string }, path: string): Promise<void> {
  await clientOf(sett, "demo").mutate(SaveFilesDocument, {
    input: { project: demos, files: [{ path, text: path }] },
  });
}

const changed = ({ events }: Told<{ projectChanged: { entities: string[] } }>) =>
  events.flatMap(({ projectChanged }) => projectChanged.entities);

const comes = (read: () => unknown, expected: unknown) =>
  vi.waitFor(() => expect(read()).toEqual(expected), { timeout: 10_000, interval: 10 });

test.each(["websocket", "sse"] as const)(
  "over %s whoever follows is told what happens by a document's hash, and nothing once they have left",
  async (transport) => {
    const sett = await startSett({ env: { DOCUMENTS: "trusted" } });
    const client = clientOf(sett, "zu", { transport, idleMs: 10 });
    const told = listen(client, ProjectChangedDocument, demos);
    const other = listen(client, ProjectChangedDocument, demos);
    await Promise.all([told.stands("open"), other.stands("open")]);
    await change(sett, "one.txt");
    await comes(() => changed(told), ["files/one.txt"]);
    told.leave();
    await sett.subscriptionsRun(1);
    await change(sett, "two.txt");
    await comes(() => changed(other), ["files/one.txt", "files/two.txt"]);
    expect(changed(told)).toEqual(["files/one.txt"]);
    expect(told.states).toEqual(["connecting", "open"]);
    expect(told.endings).toEqual([]);
    other.leave();
    await vi.waitFor(async () =>
      expect(
        await sett.measured(
          `sett_sockets_open{transport="${transport === "sse" ? "event-stream" : transport}"}`,
        ),
      ).toBe(0),
    );
  },
);

test("where sockets are forbidden event streams are taken, and remembered by what comes later", async () => {
  const sett = await startSett();
  const door = await openDoor(sett.url);
  door.upgrades = false;
  const client = clientOf(door, "zu");
  const told = listen(client, ProjectChangedDocument, demos);
  await told.stands("open");
  await change(sett, "one.txt");
  await comes(() => changed(told), ["files/one.txt"]);
  const asked = door.upgradesAsked;
  expect(asked).toBeGreaterThan(0);
  const later = listen(client, ProjectChangedDocument, demos);
  await later.stands("open");
  expect(door.upgradesAsked).toBe(asked);
  expect(await sett.measured('sett_sockets_open{transport="event-stream"}')).toBe(2);
});

test("who listens by a newer client than the gateway knows waits for a newer gateway, and hears it", async () => {
  const env = { DOCUMENTS: "trusted", TRUSTED_DOCUMENTS: "test/client/other-documents.json" };
  const [older, newer] = await Promise.all([
    startSett({ env }),
    startSett({ env: { DOCUMENTS: "trusted" } }),
  ]);
  const door = await openDoor(older.url);
  const told = listen(clientOf(door, "zu"), ProjectChangedDocument, demos);
  await vi.waitFor(() => expect(told.whys).toContain("BAD_USER_INPUT"), { timeout: 10_000 });
  door.leadTo(newer.url);
  door.cut();
  await newer.subscriptionsRun(1);
  await change(newer, "one.txt");
  await comes(() => changed(told), ["files/one.txt"]);
  expect(told.endings).toEqual([]);
});

test.each(["websocket", "sse"] as const)(
  "over %s a subscription that was cut goes on at whichever gateway is there, and tells that it may have missed something",
  async (transport) => {
    const [first, second] = await Promise.all([startSett(), startSett()]);
    const door = await openDoor(first.url);
    const told = listen(clientOf(door, "zu", { transport }), ProjectChangedDocument, demos);
    await told.stands("open");
    door.cut();
    await told.stands("resumed");
    await change(first, "one.txt");
    await comes(() => changed(told), ["files/one.txt"]);
    door.leadTo(undefined);
    await first.gateway.stop();
    await told.stands("reconnecting", 2);
    door.leadTo(second.url);
    await told.stands("resumed", 2);
    await change(second, "two.txt");
    await comes(() => changed(told), ["files/one.txt", "files/two.txt"]);
    expect(told.endings).toEqual([]);
  },
);

test.each(["websocket", "sse"] as const)(
  "over %s a log goes on after its last line however often it is cut: no line is lost or comes twice",
  async (transport) => {
    const sett = await startSett();
    const door = await openDoor(sett.url);
    const { cluster } = sett.sandbox.kubernetes;
    const { id, name } = podOf(sett);
    cluster.write(name, "0");
    const told = listen(clientOf(door, "zu", { transport }), FollowPodLogDocument, { id, tailLines: 1 });
    const lines = () => told.events.flatMap(({ podLogs }) => podLogs.lines.map(({ text }) => text));
    await comes(lines, ["0"]);
    for (const round of [1, 2, 3]) {
      door.cut();
      cluster.write(name, `${round}`, `${round} again`);
      await told.stands("resumed", round);
      await vi.waitFor(() => expect(lines()).toHaveLength(1 + 2 * round), { timeout: 10_000 });
    }
    expect(lines()).toEqual(["0", "1", "1 again", "2", "2 again", "3", "3 again"]);
  },
);

test("what is told whole comes whole again after a break", async () => {
  const sett = await startSett();
  const door = await openDoor(sett.url);
  const told = listen(clientOf(door, "zu"), FollowStatusDocument, demos);
  const some = (count: number) =>
    vi.waitFor(() => expect(told.events.length).toBeGreaterThanOrEqual(count), {
      timeout: 10_000,
      interval: 10,
    });
  await some(1);
  door.cut();
  await told.stands("reconnecting");
  await some(told.events.length + 1);
  expect(told.events.at(-1)?.projectStatus.workspace).toMatchObject({ kind: "WORKSPACE" });
});

test.each(["websocket", "sse"] as const)(
  "over %s a right that is taken away ends a subscription for good, as if the project were gone",
  async (transport) => {
    const sett = await startSett({ env: quick });
    const told = listen(clientOf(sett, "al", { transport }), ProjectChangedDocument, demos);
    await told.stands("open");
    sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
    await told.stands("ended");
    expect(told.endings).toEqual([expect.any(NotFound)]);
    await sett.subscriptionsRun(0);
  },
);

test("what one may not follow is not found, once and for good", async () => {
  const sett = await startSett();
  const told = listen(clientOf(sett, "eve"), ProjectChangedDocument, demos);
  await told.stands("ended");
  expect(told.endings).toEqual([expect.any(NotFound)]);
});

test.each(["websocket", "sse"] as const)(
  "over %s a token that is revoked is replaced by asking anew, and all goes on; without another it is over",
  async (transport) => {
    const sett = await startSett({ env: quick });
    let token = "al-token";
    const client = clientOf(sett, "nobody", { transport, authorization: async () => `token ${token}` });
    const [one, two] = [
      listen(client, ProjectChangedDocument, demos),
      listen(client, ProjectChangedDocument, demos),
    ];
    await Promise.all([one.stands("open"), two.stands("open")]);
    token = "zu-token";
    sett.sandbox.gitea.platform.revokeToken("al-token");
    await Promise.all([one.stands("resumed"), two.stands("resumed")]);
    await change(sett, "one.txt");
    await comes(() => [changed(one), changed(two)], [["files/one.txt"], ["files/one.txt"]]);
    sett.sandbox.gitea.platform.revokeToken("zu-token");
    await Promise.all([one.stands("ended"), two.stands("ended")]);
    expect([...one.endings, ...two.endings]).toEqual([
      expect.any(Unauthenticated),
      expect.any(Unauthenticated),
    ]);
  },
);

test("whoever becomes somebody else opens all anew as them", async () => {
  const sett = await startSett();
  let token = "eve-token";
  const client = clientOf(sett, "nobody", { authorization: () => `token ${token}` });
  const told = listen(client, ProjectChangedDocument, demos);
  await told.stands("ended");
  const whose = listen(client, FollowStatusDocument, { producer: "eve" });
  await vi.waitFor(() => expect(whose.events).toHaveLength(1), { timeout: 10_000 });
  token = "al-token";
  client.reconnect();
  await whose.stands("ended");
  expect(whose.endings).toEqual([expect.any(NotFound)]);
});

test("a subscription that finds no place is taken up when there is one", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT: "1" } });
  const client = clientOf(sett, "zu");
  const first = listen(client, ProjectChangedDocument, demos);
  await first.stands("open");
  const second = listen(client, FollowStatusDocument, demos);
  await comes(() => second.whys[0], "RATE_LIMITED");
  first.leave();
  await vi.waitFor(() => expect(second.events).toHaveLength(1), { timeout: 15_000 });
  expect(second.endings).toEqual([]);
});

test("events are looped over one by one; leaving the loop leaves the subscription, also while nothing comes", async () => {
  const sett = await startSett();
  const client = clientOf(sett, "zu");
  const { cluster } = sett.sandbox.kubernetes;
  const { id, name } = podOf(sett);
  cluster.write(name, "one", "two");
  const texts: string[] = [];
  for await (const { podLogs } of client.events(FollowPodLogDocument, { id, tailLines: 2 })) {
    texts.push(...podLogs.lines.map(({ text }) => text));
    if (texts.length === 2) break;
  }
  expect(texts).toEqual(["one", "two"]);
  await sett.subscriptionsRun(0);
  const changes = client.events(ProjectChangedDocument, demos);
  const next = changes.next();
  await sett.subscriptionsRun(1);
  await changes.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  await sett.subscriptionsRun(0);
  await expect(clientOf(sett, "eve").events(ProjectChangedDocument, demos).next()).rejects.toBeInstanceOf(
    NotFound,
  );
});

test("a client that is disposed of leaves nothing open, also what it was about to open", async () => {
  const sett = await startSett();
  const door = await openDoor(sett.url);
  const clients = (["websocket", "sse"] as const).map((transport) => clientOf(door, "zu", { transport }));
  const told = clients.map((client) => listen(client, ProjectChangedDocument, demos));
  await Promise.all(told.map(({ stands }) => stands("open")));
  const late = clients.map((client) => listen(client, FollowStatusDocument, demos));
  for (const client of clients) client.dispose();
  await sett.subscriptionsRun(0);
  await vi.waitFor(() => expect(door.open()).toBe(0), { timeout: 10_000 });
  expect([...told, ...late].flatMap(({ endings }) => endings)).toEqual([]);
});

test("a client that was disposed of ends its loops, also those that begin then, and follows nothing more", async () => {
  const sett = await startSett();
  const client = clientOf(sett, "zu");
  const changes = client.events(ProjectChangedDocument, demos);
  const both = [changes.next(), changes.next()];
  await sett.subscriptionsRun(1);
  client.dispose();
  const over = { done: true, value: undefined };
  expect(await Promise.all(both)).toEqual([over, over]);
  expect(await client.events(ProjectChangedDocument, demos).next()).toEqual(over);
  const late = listen(client, ProjectChangedDocument, demos);
  client.reconnect();
  expect(late.states).toEqual([]);
  await sett.subscriptionsRun(0);
});

test("each of those who wait in a loop gets an event of its own, in their order", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { id, name } = podOf(sett);
  const lines = clientOf(sett, "zu").events(FollowPodLogDocument, { id, tailLines: 1 });
  const [first, second] = [lines.next(), lines.next()];
  const textOf = async (event: typeof first) =>
    (await event).value?.podLogs.lines.map(({ text }) => text).join();
  cluster.write(name, "one");
  expect(await textOf(first)).toBe("one");
  cluster.write(name, "two");
  expect(await textOf(second)).toBe("two");
  await lines.return?.();
});

test.each(["open", "reconnecting"] as const)(
  "who leaves as they are told that it is %s hears nothing more, and nothing runs for them",
  async (moment) => {
    const sett = await startSett();
    const client = clientOf(sett, "zu");
    const after: unknown[] = [];
    let hasLeft = false;
    const leave = client.subscribe(FollowStatusDocument, demos, {
      next: (event) => {
        if (hasLeft) after.push(event);
      },
      state: (state) => {
        if (hasLeft) after.push(state);
        if (state !== moment) return;
        leave();
        hasLeft = true;
      },
    });
    const other = listen(client, FollowStatusDocument, demos);
    await other.stands("open");
    client.reconnect();
    await other.stands("resumed");
    await sett.subscriptionsRun(1);
    expect(hasLeft).toBe(true);
    expect(after).toEqual([]);
  },
);

test("two at once of a document that the gateway does not know are both told", async () => {
  const sett = await startSett({ env: { TRUSTED_DOCUMENTS: "test/client/other-documents.json" } });
  const client = clientOf(sett, "zu");
  const told = [1, 2].map(() => listen(client, FollowStatusDocument, demos));
  await Promise.all(told.map(({ stands }) => stands("open")));
  expect(told.flatMap(({ endings }) => endings)).toEqual([]);
});

test("an event stream that falls silent without being closed is opened anew, and a quiet one is left alone", async () => {
  const sett = await startSett({ env: { SOCKET_PING: "100ms" } });
  const door = await openDoor(sett.url);
  const client = clientOf(door, "zu", { transport: "sse", silenceMs: 1_500 });
  const told = listen(client, ProjectChangedDocument, demos);
  await told.stands("open");
  const signs = door.heard;
  await vi.waitFor(() => expect(door.heard).toBeGreaterThan(signs + 20), { timeout: 10_000 });
  expect(told.states).toEqual(["connecting", "open"]);
  door.muffle();
  await told.stands("resumed");
  await change(sett, "one.txt");
  await comes(() => changed(told), ["files/one.txt"]);
  expect(told.whys).toEqual(["GATEWAY_UNREACHABLE"]);
});

test.each(["websocket", "sse"] as const)(
  "over %s whoever is not accepted is told so, and not that it is open",
  async (transport) => {
    const sett = await startSett();
    const client = clientOf(sett, "nobody", { transport, authorization: "token wrong" });
    const told = listen(client, ProjectChangedDocument, demos);
    await told.stands("ended");
    expect(told.states).toEqual(["connecting", "ended"]);
    expect(told.endings).toEqual([expect.any(Unauthenticated)]);
  },
);

test("a function of one's own that throws is heard of, and breaks nothing for those on the same socket", async () => {
  const sett = await startSett();
  const uncaught: unknown[] = [];
  const others = process.rawListeners("uncaughtException") as ((error: Error) => void)[];
  process.removeAllListeners("uncaughtException").on("uncaughtException", (error) => uncaught.push(error));
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  });
  const client = clientOf(sett, "zu");
  const beside = listen(client, ProjectChangedDocument, demos);
  await beside.stands("open");
  const told: unknown[] = [];
  client.subscribe(FollowStatusDocument, demos, {
    next: (event) => void told.push(event),
    resume: () => {
      throw new Error("mine");
    },
  });
  await comes(() => uncaught, [new Error("mine")]);
  expect(told).toHaveLength(1);
  await change(sett, "one.txt");
  await comes(() => changed(beside), ["files/one.txt"]);
  expect(beside.states).toEqual(["connecting", "open"]);
});

test("whose session a page believes to have is said over each connection as well", async () => {
  const server = new WebSocketServer({ port: 0, handleProtocols: () => "graphql-transport-ws" });
  onTestFinished(() => server.close());
  await once(server, "listening");
  const opened = once(server, "connection") as Promise<[NodeJS.EventEmitter]>;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  listen(clientOf({ url }, "nobody", { sessionOf: "customer-al" }), ProjectChangedDocument, demos);
  const [socket] = await opened;
  const [message] = (await once(socket, "message")) as [Buffer];
  expect(JSON.parse(message.toString())).toEqual({
    type: "connection_init",
    payload: { login: "customer-al" },
  });
  const sett = await startSett();
  const said: (string | null)[] = [];
  const fetching: typeof fetch = (input, init) => {
    said.push(new Headers(init?.headers).get("x-sett-login"));
    return fetch(input, init);
  };
  const client = clientOf(sett, "zu", { transport: "sse", sessionOf: "customer-zu", fetch: fetching });
  await listen(client, ProjectChangedDocument, demos).stands("open");
  expect(said).toEqual(["customer-zu"]);
});
