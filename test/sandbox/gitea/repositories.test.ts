import { expect, test } from "vitest";
import { type Answer, base64, broken, call, dev, eachTestHasAGitea } from "./gitea.harness.ts";

eachTestHasAGitea();

test("names and paths are not case-sensitive, and a repository is also found by its id", async () => {
  expect((await call("al", "/repos/Customer-Demo/DEV")).body).toMatchObject({
    full_name: "customer-demo/dev",
  });
  expect((await call("al", "/repositories/1")).body).toMatchObject({ full_name: "customer-demo/dev" });
  expect(await call("stranger", "/repositories/1")).toMatchObject({ status: 404 });
  const nobody = await call("al", "/repos/nosuch/dev");
  expect(nobody.body).toMatchObject({
    message: "GetUserByName",
    errors: ["user redirect does not exist [name: nosuch]"],
  });
});

test("a renamed repository redirects before any look at access, so strangers learn the new name", async () => {
  await call("demo", dev, { method: "PATCH", body: { name: "dev2" } });
  for (const person of ["demo", "stranger", undefined]) {
    const { status, headers, text } = await call(person, dev);
    expect(status).toBe(307);
    expect(headers.get("location")).toBe("/api/v1/repos/customer-demo/dev2");
    expect(text).toBe(`<a href="/api/v1/repos/customer-demo/dev2">Temporary Redirect</a>.\n\n`);
  }
});

test("an archived repository breaks on writes", async () => {
  await call("demo", dev, { method: "PATCH", body: { archived: true } });
  const write = { method: "POST", body: { content: "" } };
  expect(await call("demo", `${dev}/contents/x`, write)).toMatchObject({ status: 500, body: broken });
});

test("a repository is made with a first commit or empty, and its name is checked", async () => {
  const make = (body: unknown): Promise<Answer> => call("al", "/user/repos", { method: "POST", body });
  expect(await make({ name: "new", auto_init: true })).toMatchObject({
    status: 201,
    body: { empty: false, private: false },
  });
  expect(await make({ name: "new" })).toMatchObject({ status: 409 });
  expect(await make({ name: "bad name!" })).toMatchObject({
    status: 422,
    body: { message: "[Name]: AlphaDashDot" },
  });
  expect(await make({})).toMatchObject({ status: 422, body: { message: "[Name]: Required" } });
  const forAl = { method: "POST", body: { name: "given", private: true } };
  expect(await call("admin", "/admin/users/customer-al/repos", forAl)).toMatchObject({
    status: 201,
    body: { empty: true },
  });
});

test("the search finds what the caller may read", async () => {
  const names = async (person: string | undefined, query: string): Promise<string[]> =>
    ((await call(person, `/repos/search?${query}`)).body as { data: { name: string }[] }).data.map(
      ({ name }) => name,
    );
  expect(await names("al", "limit=5")).toEqual(["dev", "open"]);
  expect(await names(undefined, "")).toEqual(["open"]);
  expect(await names("admin", "q=E&sort=id&order=desc")).toEqual(["open", "empty", "dev"]);
  expect(await names("al", "private=false")).toEqual(["open"]);
  expect(await call("al", "/repos/search?mode=nosuch")).toMatchObject({ status: 422 });
});

test("an empty repository has no contents, null for branches, no commits, and breaks when read raw", async () => {
  const at = "/repos/customer-demo/empty";
  expect((await call("demo", `${at}/contents`)).body).toEqual([]);
  expect((await call("demo", `${at}/contents/any.json`)).body).toEqual([]);
  expect(await call("demo", `${at}/branches`)).toMatchObject({ status: 200, body: null });
  expect(await call("demo", `${at}/commits`)).toMatchObject({
    status: 409,
    body: { message: "Git Repository is empty." },
  });
  expect(await call("demo", `${at}/raw/any.json`)).toMatchObject({ status: 500, body: broken });
  const first = { method: "POST", body: { content: base64("{}") } };
  expect(await call("demo", `${at}/contents/any.json`, first)).toMatchObject({ status: 201 });
  expect((await call("demo", at)).body).toMatchObject({ empty: false });
});
