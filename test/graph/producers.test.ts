import { expect, test } from "vitest";
import { ListProducersDocument, ReadProducerDocument } from "../generated/operations.ts";
import { startSett, type Person, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

const names = async (person: Person, first = 100) =>
  (await person.ask(ListProducersDocument, { first })).data?.producers?.nodes.map(({ name }) => name);

const addProducers = (sett: Sett, count: number) => {
  for (let index = 10; index < 10 + count; index += 1) {
    const login = `customer-p${index}`;
    const visibility = index % 2 === 0 ? "private" : "public";
    sett.sandbox.gitea.platform.addUser({ login, email: `${login}@customer.example`, visibility });
  }
};

test("everybody reads of themselves, whole or not", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("eve").ask(ReadProducerDocument, { name: "eve" });
  expect(errors).toEqual([]);
  expect(data?.producer).toMatchObject({ name: "eve", login: "customer-eve", environments: ["dev"] });
});

test("zu reads of demo, who let him into one repository; to eve demo is as absent as nobody", async () => {
  const sett = await startSett();
  expect((await sett.as("zu").ask(ReadProducerDocument, { name: "demo" })).data?.producer?.name).toBe("demo");
  const hidden = await sett.as("eve").ask(ReadProducerDocument, { name: "demo" });
  const absent = await sett.as("eve").ask(ReadProducerDocument, { name: "nobody" });
  expect(hidden.codes).toEqual(["NOT_FOUND"]);
  expect(hidden.text).toBe(absent.text);
});

test("whoever was let into any other repository of a producer's reads of the producer", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  platform.addRepository("customer-demo", "notes");
  platform.setCollaborator("customer-demo", "notes", "customer-eve", "read");
  expect((await sett.as("eve").ask(ReadProducerDocument, { name: "demo" })).codes).toEqual([]);
});

test("an admin reads of every producer, and learns of those that are not", async () => {
  const sett = await startSett();
  expect((await sett.as("admin").ask(ReadProducerDocument, { name: "demo" })).codes).toEqual([]);
  expect((await sett.as("admin").ask(ReadProducerDocument, { name: "nobody" })).codes).toEqual(["NOT_FOUND"]);
});

test.each(Object.entries(hostileNames))(
  "a producer's name may not be %s, and Gitea is asked for nothing but who is asking",
  async (_kind, name) => {
    const sett = await startSett();
    const { errors } = await sett.as("demo").ask(ReadProducerDocument, { name });
    expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "name" }] });
    expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user"]);
  },
);

test("each sees themselves and whoever let them in, by name; a stranger only herself", async () => {
  const sett = await startSett();
  expect(await names(sett.as("al"))).toEqual(["al", "demo"]);
  expect(await names(sett.as("zu"))).toEqual(["demo", "zu"]);
  expect(await names(sett.as("demo"))).toEqual(["demo"]);
  expect(await names(sett.as("eve"))).toEqual(["eve"]);
});

test("whoever has no producer and was let in nowhere sees none", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.addUser({ login: "plain", email: "plain@example.com" });
  sett.sandbox.gitea.platform.addToken("plain", "plain-token");
  const { data } = await sett.showing("token plain-token").ask(ListProducersDocument, {});
  expect(data?.producers).toMatchObject({ totalCount: 0, nodes: [] });
});

test("an admin sees all producers, those who hide too, however many pages Gitea makes of them", async () => {
  const sett = await startSett();
  addProducers(sett, 80);
  sett.sandbox.gitea.platform.addUser({ login: "plain", email: "plain@example.com" });
  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const page = { first: 33, after: after ?? null };
    const part = (await sett.as("admin").ask(ListProducersDocument, page)).data?.producers;
    expect(part?.totalCount).toBe(84);
    seen.push(...(part?.nodes.map(({ name }) => name) ?? []));
    after = part?.pageInfo.hasNextPage ? part.pageInfo.endCursor : undefined;
  } while (after);
  expect(seen).toHaveLength(84);
  expect(seen).toEqual([...new Set(seen)].sort());
});

test("an account whose name no producer could have is no producer, though it begins with the prefix", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  platform.addUser({ login: "customer-not_one", email: "not_one@customer.example" });
  platform.addRepository("customer-not_one", "dev");
  platform.setCollaborator("customer-not_one", "dev", "customer-eve", "write");
  const { data } = await sett
    .as("eve")
    .askText("{ producers { nodes { name } } viewer { projects { totalCount } } }");
  expect(data).toEqual({ producers: { nodes: [{ name: "eve" }] }, viewer: { projects: { totalCount: 1 } } });
});
