import { expect, test } from "vitest";
import { isSecretName, withoutSecretsOf } from "../../src/services/workspace/data-sources/secret.rule.ts";
import { withSecrets } from "../../src/services/workspace/data-sources/secrets.keeper.ts";
import { withoutSecrets } from "../../src/services/workspace/data-sources/secrets.ts";

/** What texts begin with so that a pattern begins, too. */
const beginnings = ["", "http://", "u:", "?", "password", "-----BEGIN ", "eyJaaaaaaaa"];

/** What patterns look for, or nearly. */
const pieces = [
  ...["a://", "//a:b", "https://x@", "http://", "//http:", "http://[", "[", "[a", "u:", ":1", "::", "@"],
  ...["?a", "?a=b&", "&token=", "%41", "bearer ", "basic a ", " ", "\n"],
  ...["-----BEGIN ", "PRIVATE KEY", "-----BEGIN PRIVATE ", "eyJ", "eyJaaaaaaaa-", "eyJaaaaaaaa.", "a.a."],
  ...[
    "eyJaaaaaaaa.eyJ",
    "key=",
    "key ",
    'key\\"',
    "api key",
    "access-",
    "pass",
    "pw ",
    "token",
    "password : ",
  ],
  ...["=***", "***", "a", "aA", "1", "a+.-"],
];

const length = 100_000;
const longestMs = 200;

/** The shortest of a few times: the machine may have had something else to do. */
function fastestMs(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test.each(pieces)("a text of %j without end is looked through in no time", (piece) => {
  for (const beginning of beginnings) {
    const text = beginning + piece.repeat(length / piece.length);
    expect(
      fastestMs(() => withoutSecrets({ url: text })),
      `shown after ${beginning}`,
    ).toBeLessThan(longestMs);
    expect(
      fastestMs(() => withoutSecretsOf(text, ["hunter2"])),
      `told after ${beginning}`,
    ).toBeLessThan(longestMs);
  }
  expect(fastestMs(() => isSecretName(piece.repeat(length / piece.length)))).toBeLessThan(longestMs);
});

test("so is a text in which many secrets are looked for, of which none is told then", () => {
  const secrets = Array.from({ length: 10_000 }, (_, index) => `secret-${index}`);
  let told = "";
  const ms = fastestMs(() => void (told = withoutSecretsOf("secret-1 ".repeat(length / 9), secrets)));
  expect(told).toBe("***");
  expect(ms).toBeLessThan(longestMs);
});

test("secrets by the thousand are kept in no time", () => {
  const fields = (name: (index: number) => string) =>
    Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [name(index), "x"]));
  const stored = fields((index) => `${index}-key`);
  const wanted = fields((index) => `field-${index}`);
  expect(withSecrets(wanted, stored).value).toEqual({ ...wanted, ...stored });
  expect(fastestMs(() => withSecrets(wanted, stored))).toBeLessThan(longestMs);
});
