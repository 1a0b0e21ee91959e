import { expect, test, vi } from "vitest";
import { createPayloadSharing, type Payload } from "../../src/server/live/payload.sharing.ts";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { collect } from "../hostile/memory.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const made = "sett_subscription_payloads_total";
const sent = "sett_subscription_events_total";
const watch = (fields: string) => `subscription { projectChanged(producer: "demo") { ${fields} } }`;

async function save(sett: Sett, name = "a.txt") {
  const { codes } = await sett
    .as("demo")
    .askText(
      `mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "${name}", text: "${name}" }] }) { deleted } }`,
    );
  expect(codes).toEqual([]);
}

/** Lets people subscribe, each to a text of theirs; answers what each is told of one change. */
async function toldOf(
  sett: Sett,
  asked: readonly (readonly [PersonName, string, Record<string, unknown>?])[],
) {
  const subscribed = asked.map(([name, query, variables]) => sett.as(name).subscribeText(query, variables));
  await sett.subscriptionsRun(asked.length);
  await save(sett);
  return Promise.all(subscribed.map((each) => each.event()));
}

test("people who ask for the same are told the same of an event, which is made once for all of them", async () => {
  const sett = await startSett();
  const query = watch("by kind entities missed");
  const told = await toldOf(sett, [
    ["demo", query],
    ["al", query],
    ["zu", query],
    ["admin", query],
  ]);
  const projectChanged = { by: "customer-demo", kind: "FILES", entities: ["files/a.txt"], missed: 0 };
  for (const { data } of told) expect(data).toEqual({ projectChanged });
  expect([await sett.measured(made), await sett.measured(sent)]).toEqual([1, 4]);
});

test.each([
  ["another selection", [watch("kind"), watch("kind entities")]],
  ["another alias", [watch("kind"), watch("what: kind")]],
])("%s is made by itself", async (_what, [one = "", other = ""]) => {
  const sett = await startSett();
  const told = await toldOf(sett, [
    ["demo", one],
    ["al", other],
  ]);
  expect(told[0]?.data).not.toEqual(told[1]?.data);
  expect(await sett.measured(made)).toBe(2);
});

test("other variables are made by themselves", async () => {
  const sett = await startSett();
  const query = `subscription ($with: Boolean!) {
    projectChanged(producer: "demo") { kind entities @include(if: $with) }
  }`;
  const told = await toldOf(sett, [
    ["demo", query, { with: true }],
    ["al", query, { with: false }],
    ["zu", query, { with: false }],
  ]);
  expect(told.map(({ data }) => data?.["projectChanged"])).toEqual([
    { kind: "FILES", entities: ["files/a.txt"] },
    { kind: "FILES" },
    { kind: "FILES" },
  ]);
  expect(await sett.measured(made)).toBe(2);
});

test.each([
  ["selected", "kind project { viewerPermission }"],
  ["behind a fragment", "kind ...on ProjectChange { project { ...Mine } }"],
])("what depends on who asks, %s, is right for each, and made for each", async (_how, fields) => {
  const sett = await startSett();
  const fragment = fields.includes("...Mine") ? " fragment Mine on Project { viewerPermission }" : "";
  const query = `${watch(fields)}${fragment}`;
  const told = await toldOf(sett, [
    ["demo", query],
    ["al", query],
    ["zu", query],
  ]);
  expect(told.map(({ data }) => data?.["projectChanged"])).toEqual(
    ["ADMIN", "WRITE", "READ"].map((viewerPermission) => ({ kind: "FILES", project: { viewerPermission } })),
  );
  expect(await sett.measured(made)).toBe(3);
});

test("one person's windows share what depends on that person", async () => {
  const sett = await startSett();
  const query = watch("project { viewerPermission }");
  await toldOf(sett, [
    ["al", query],
    ["al", query],
    ["demo", query],
  ]);
  expect(await sett.measured(made)).toBe(2);
});

test("sockets and event streams share, whatever their operations' ids, and each gets its own id back", async () => {
  const sett = await startSett();
  const query = watch("kind entities");
  const ids = Array.from({ length: 20 }, (_, number) => (number < 4 ? "1" : `id "${number}" ü`));
  const sockets = await Promise.all(
    ids.map(async (id) => {
      const socket = await openSocket(sett.url);
      await socket.begin("token demo-token");
      socket.say({ id, type: "subscribe", payload: { query } });
      return { id, hear: socket.hear };
    }),
  );
  const { event } = await openEventStream(sett.url, { query }, { authorization: "token al-token" });
  await sett.subscriptionsRun(ids.length + 1);
  await save(sett, "ü.txt");
  const payload = { data: { projectChanged: { kind: "FILES", entities: ["files/ü.txt"] } } };
  for (const { id, hear } of sockets) expect(await hear()).toEqual({ id, type: "next", payload });
  expect(await event()).toMatchObject({ event: "next", data: JSON.stringify(payload) });
  expect(await sett.measured(made)).toBe(1);
});

test("what breaks for one whose credential is gone does not break for those who ask for the same", async () => {
  const gone = new Set<unknown>();
  const sett = await startSett({
    strategies: [
      {
        name: "breaking",
        recognise: ({ authorization }) => {
          if (gone.has(authorization)) throw new TypeError("the key ring is rusty");
          return authorization === undefined
            ? undefined
            : { kind: "token", token: authorization.replace("token ", "") };
        },
      },
    ],
  });
  const query = watch("kind entities");
  // The first to be told is the one whose answer would be everybody's.
  const first = sett.as("al").subscribeText(query);
  await sett.subscriptionsRun(1);
  const others = (["zu", "admin"] as const).map((name) => sett.as(name).subscribeText(query));
  await sett.subscriptionsRun(3);
  gone.add("token al-token");
  await save(sett);
  expect((await first.event()).codes).toEqual(["INTERNAL_SERVER_ERROR"]);
  for (const other of others) {
    const { data, codes } = await other.event();
    expect([data, codes]).toEqual([{ projectChanged: { kind: "FILES", entities: ["files/a.txt"] } }, []]);
  }
});

const payloadOf = (json: string, codes: readonly string[] = []): Payload => ({ kind: "next", json, codes });

const everybody = { key: "key", isEverybody: true };

test("a payload with errors in it goes to nobody else, whether they waited for it or came later", async () => {
  const share = createPayloadSharing();
  const event = {};
  const told: string[] = [];
  const asks = (name: string, makes: () => Promise<Payload>) =>
    new Promise<void>((resolve) => {
      const tell = (what: string) => {
        told.push(`${name}: ${what}`);
        resolve();
      };
      share(event, everybody, {
        make: makes,
        take: ({ json }) => tell(json),
        fail: (error) => tell(String(error)),
      });
    });
  await Promise.all([
    asks("one", async () => payloadOf("refused", ["UNAUTHENTICATED"])),
    asks("two", async () => payloadOf("two's")),
  ]);
  await asks("three", () => Promise.reject(new Error("broken")));
  await asks("four", async () => payloadOf("shared"));
  await asks("five", async () => payloadOf("five's"));
  expect(told).toEqual([
    "one: refused",
    "two: two's",
    "three: Error: broken",
    "four: shared",
    "five: shared",
  ]);
});

test("what depends on who asks is handed to those who wait while it is made, and made anew for who comes later", async () => {
  const share = createPayloadSharing();
  const event = {};
  const told: string[] = [];
  const asks = (name: string, isEverybody: boolean) =>
    new Promise<void>((resolve, reject) => {
      const take = ({ json }: Payload) => {
        told.push(`${name} is told ${json}`);
        resolve();
      };
      const audience = { key: `${isEverybody}`, isEverybody };
      share(event, audience, { make: async () => payloadOf(`${name}'s`), take, fail: reject });
    });
  await Promise.all([asks("one", false), asks("two", false)]);
  await asks("three", false);
  await asks("four", true);
  await asks("five", true);
  expect(told).toEqual([
    "one is told one's",
    "two is told one's",
    "three is told three's",
    "four is told four's",
    "five is told four's",
  ]);
});

test("an event is let go, with all that was made of it, once it was told", async () => {
  const share = createPayloadSharing();
  const tell = () =>
    new Promise<WeakRef<object>>((resolve, reject) => {
      const event = {};
      const make = async () => payloadOf("{}");
      share(event, everybody, { make, take: () => resolve(new WeakRef(event)), fail: reject });
    });
  const told = await tell();
  await vi.waitFor(
    () => {
      collect();
      // What an assertion is given is kept by it when it fails.
      expect(told.deref() === undefined).toBe(true);
    },
    { timeout: 10_000 },
  );
});

test("what is too long to be told of an event is refused once for all who asked for it, and the subscription goes on", async () => {
  const sett = await startSett({ env: { ANSWER_LIMIT: "1000" } });
  const query = watch(["a", "b", "c", "d", "e", "f"].map((alias) => `${alias}: entities`).join(" "));
  const watching = (["demo", "al"] as const).map((name) => sett.as(name).subscribeText(query));
  await sett.subscriptionsRun(2);
  const told = async () => {
    const events = await Promise.all(watching.map((each) => each.event()));
    expect(events[1]).toEqual(events[0]);
    return events[0];
  };
  for (const name of ["a.txt", `${"long".repeat(40)}.txt`, "b.txt"]) await save(sett, name);
  expect((await told())?.data).toMatchObject({ projectChanged: { a: ["files/a.txt"], f: ["files/a.txt"] } });
  expect(await told()).toMatchObject({ data: null, codes: ["BAD_USER_INPUT"] });
  expect((await told())?.data).toMatchObject({ projectChanged: { a: ["files/b.txt"], f: ["files/b.txt"] } });
  expect(await sett.measured(made)).toBe(3);
});
