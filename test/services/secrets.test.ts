import { expect, test } from "vitest";
import { withSecrets } from "../../src/services/workspace/data-sources/secrets.keeper.ts";
import { secretsIn, withoutSecrets } from "../../src/services/workspace/data-sources/secrets.ts";
import { withoutSecretsOf } from "../../src/services/workspace/data-sources/secret.rule.ts";
import type { Json, JsonObject } from "../../src/services/workspace/json.ts";

/** A word that appears nowhere but where it is put. */
const secret = "hunter2";

const hidden: readonly [where: string, source: JsonObject, path: string][] = [
  ["a password", { password: secret }, "password"],
  ["a password that is a number", { password: 4711 }, "password"],
  [
    "a header that signs in",
    { options: { headers: { Authorization: `Bearer ${secret}` } } },
    "options.headers.Authorization",
  ],
  ["a short word for a password", { pw: secret }, "pw"],
  ["a short word for credentials", { options: { dbCreds: { word: secret } } }, "options.dbCreds"],
  ["a shared signature", { sas: secret, sasUrl: secret }, "sas,sasUrl"],
  ["a list of credentials", { cred: [secret, null] }, "cred"],
  ["a short word in a text", { target: `uid=sa;pw=${secret}` }, "target"],
  ["a secret beside nothing in a list", { sent: [null, `Bearer ${secret}`, null] }, "sent.1"],
  ["a cookie", { options: { headers: { cookie: `sid=${secret}` } } }, "options.headers.cookie"],
  ["an api key's header", { options: { headers: { "X-Api-Key": secret } } }, "options.headers.X-Api-Key"],
  [
    "a client's secret deep in a list",
    { operations: [{ oauth: { client_secret: secret } }] },
    "operations.0.oauth",
  ],
  ["everything below credentials", { credentials: { user: "u", word: secret } }, "credentials"],
  [
    "a private key, whatever its name",
    { ssl: { blob: `-----BEGIN RSA PRIVATE KEY-----\n${secret}` } },
    "ssl.blob",
  ],
  ["a bearer token, whatever its name", { sent: [`Bearer ${secret}`] }, "sent.0"],
  ["a named value", { query: [{ name: "api_key", value: secret }] }, "query.0.value"],
  [
    "a connection string, whatever its name",
    { target: `Server=db;User Id=sa;Password=${secret};` },
    "target",
  ],
  ["a text with JSON in it", { raw: `{"password": "${secret}"}` }, "raw"],
  ["the user of a database's address", { url: `mongodb://u:${secret}@db.example/cars` }, "url"],
  [
    "a password with signs that should be escaped",
    { url: `mysql://u:a/${secret}?@#b@db.example/cars` },
    "url",
  ],
  ["a password with spaces", { url: `https://u:my ${secret}@db.example/cars` }, "url"],
  ["the user of several hosts", { url: `mongodb://u:${secret}@one,two:27017/cars` }, "url"],
  ["the user of an address without a scheme", { url: `u:${secret}@tcp(db:3306)/cars` }, "url"],
  ["the user of a web address", { baseURL: `https://${secret}@cars.example/api` }, "baseURL"],
  ["a secret parameter of an address", { url: `https://cars.example/?a=1&access_token=${secret}` }, "url"],
  ["an escaped parameter's name", { url: `https://cars.example/?api%5Fkey=${secret}` }, "url"],
];

test.each(hidden)("%s is not shown, and it is said where it is set", (_where, source, path) => {
  const { shown, secrets } = withoutSecrets(source);
  expect(JSON.stringify(shown)).not.toMatch(/hunter2|4711/);
  expect(secrets).toEqual(path.split(","));
});

test.each(hidden)("%s stays when all is sent back as it was shown", (_where, source) => {
  expect(withSecrets(withoutSecrets(source).shown, source)).toEqual({ value: source, unknown: [] });
});

test.each(hidden)("%s is taken out of what others say", (_where, source) => {
  const said = `cannot connect: ${JSON.stringify(source)} and ${Object.values(source).map(String).join()}`;
  expect(withoutSecretsOf(said, secretsIn(source))).not.toMatch(/hunter2|4711/);
});

test.each<[string, JsonObject]>([
  [
    "what a data source mostly is",
    { connector: "mysql", host: "127.0.0.1", port: 3306, database: "db", username: "root", url: "" },
  ],
  [
    "addresses without credentials",
    { url: "mongodb://one,two:27017/cars?retry=1", baseURL: "http://[::1]:80/a@b" },
  ],
  ["secrets that are not set", { password: "", token: null, apiKey: false, credentials: {} }],
  ["nothing in a list", { list: [null, 1, { a: [null] }] }],
  ["words that only look like short ones", { pinned: 1, pattern: "a", kansas: "b", topwater: "c" }],
  ["arguments of functions", { operations: [{ functions: { getToken: ["street", "city"] } }] }],
  [
    "templates",
    {
      operations: [
        { template: { url: "https://maps.example.org/json", query: { address: "{street},{city}" } } },
      ],
    },
  ],
])("%s: nothing is hidden", (_what, source) => {
  expect(withoutSecrets(source)).toEqual({ shown: source, secrets: [] });
});

test("in an address only what is secret is replaced", () => {
  const url = `https://u:p@cars.example:8080/a?token=${secret}&page=2`;
  expect(withoutSecrets({ url }).shown).toEqual({ url: "https://***@cars.example:8080/a?token=***&page=2" });
});

test("a secret that is null is removed, and a new one replaces the old", () => {
  const stored = { password: "a", options: { headers: { Authorization: "b", accept: "c" } } };
  const wanted = { password: null, options: { headers: { Authorization: "Bearer d", accept: "c" } } };
  expect(withSecrets(wanted, stored).value).toEqual({
    options: { headers: { Authorization: "Bearer d", accept: "c" } },
  });
});

test("a mark that stands for nothing that is stored is said to be unknown", () => {
  const stored = { url: "mysql://u:p@one/cars", password: "a" };
  const wanted = { url: "mysql://***@two/cars", token: "***", password: "***" };
  expect(withSecrets(wanted, stored)).toMatchObject({ value: { password: "a" }, unknown: ["url", "token"] });
});

test("items of a list keep their secrets when they change places, and when they are changed in place", () => {
  const one = { url: "https://one.example", headers: { Authorization: "first" } };
  const two = { url: "https://two.example", headers: { Authorization: "second" } };
  const plain = ({ url }: { url: string }) => ({ url, headers: {} });
  const kept = (list: Json[]) => withSecrets({ list }, { list: [one, two] }).value["list"];
  expect(kept([plain(two), plain(one)])).toEqual([two, one]);
  expect(kept([{ url: "https://new.example" }, plain(one), plain(two)])).toEqual([
    { url: "https://new.example" },
    one,
    two,
  ]);
  expect(kept([plain(two)])).toEqual([two]);
  expect(kept([plain(one), { ...plain(two), more: 1 }])).toEqual([one, { ...two, more: 1 }]);
});

test("what names a secret cannot be renamed to have it shown", () => {
  const stored = { query: [{ name: "token", value: secret }] };
  expect(withSecrets({ query: [{ name: "colour" }] }, stored).value).toEqual({ query: [{ name: "colour" }] });
});

test("names that JavaScript gives a meaning are names like others", () => {
  const stored = JSON.parse(`{"__proto__": {"password": "${secret}"}, "constructor": 1}`) as JsonObject;
  expect(JSON.stringify(withoutSecrets(stored).shown)).toBe('{"__proto__":{},"constructor":1}');
  expect(withSecrets(withoutSecrets(stored).shown, stored).value).toEqual(stored);
  expect(withSecrets(stored, {}).value).toEqual(stored);
});

test("a list with nothing in it stays as it is when all is sent back", () => {
  const stored = { list: [null, 1, null, { key: "a" }] };
  const { shown } = withoutSecrets(stored);
  expect(shown).toEqual({ list: [null, 1, null, {}] });
  expect(withSecrets(shown, stored)).toEqual({ value: stored, unknown: [] });
});
