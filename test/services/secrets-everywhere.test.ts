import fc from "fast-check";
import { expect, test } from "vitest";
import { withSecrets } from "../../src/services/workspace/data-sources/secrets.keeper.ts";
import { withoutSecrets } from "../../src/services/workspace/data-sources/secrets.ts";
import type { Json, JsonObject } from "../../src/services/workspace/json.ts";

/** A word that appears nowhere but where it is put. */
const secret = "hunter2";

const secretNames = [
  "password",
  "DB_PASSWORD",
  "passWord1",
  "client_secret",
  "accessToken",
  "x-api-key",
  "Authorization",
  "Cookie",
  "privateKey",
  "key",
  "dsn",
  "connectionString",
  "auth",
];

/** Texts that hold the word in one of the ways in which texts hold secrets. */
const secretText = fc.constantFrom(
  ...["mysql", "mongodb+srv", "https", "redis"].map((scheme) => `${scheme}://me:${secret}@host:1/path?a=b`),
  `see https://host/?q=1&apikey=${secret}`,
  `Basic ${secret}`,
  `host=h password=${secret}`,
  `AccountKey=${secret};x=y`,
  `Authorization: ${secret}`,
);

const plainText = fc.oneof(fc.string(), fc.constantFrom("***", "a@b", "http://x/y@z", "k=v", "//", "?a=&b"));

const { tree: document } = fc.letrec<{ tree: JsonObject; value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    plainText,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    secretText,
    fc.array(tie("value"), { maxLength: 4 }),
    tie("tree"),
  ),
  tree: fc
    .tuple(
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      fc.dictionary(
        fc.constantFrom(...secretNames),
        fc.oneof(
          fc.constant(secret),
          fc.constant([secret]),
          fc.constant({ a: { b: secret } }),
          fc.constant(null),
        ),
        { maxKeys: 2 },
      ),
    )
    .map(([open, closed]) => ({ ...open, ...closed })),
}));

test("no secret survives, wherever it stands", () => {
  fc.assert(
    fc.property(document, (source) => {
      const { shown } = withoutSecrets(source);
      expect(JSON.stringify(shown)).not.toContain(secret);
    }),
    { numRuns: 500 },
  );
});

test("hiding what is shown hides nothing more", () => {
  fc.assert(
    fc.property(document, (source) => {
      const { shown } = withoutSecrets(source);
      expect(withoutSecrets(shown).shown).toEqual(shown);
    }),
    { numRuns: 500 },
  );
});

test("what is sent back as it was shown is what is stored", () => {
  fc.assert(
    fc.property(document, (source) => {
      expect(withSecrets(withoutSecrets(source).shown, source)).toEqual({ value: source, unknown: [] });
    }),
    { numRuns: 500 },
  );
});
