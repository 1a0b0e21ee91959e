import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { filesHash, gatewayFiles } from "../../src/actualizer/gateway/gateway.files.ts";
import { gatewaysOf } from "./actualizer.source.ts";
import { only, withPolicies } from "./gateway.reading.ts";

test("what is written in a project cannot name variables of the gateway's pod, and arrives as it was written", () => {
  const message = "${REDIS_PASSWORD} \\${HOME} $${EG_NAMESPACE:-x} ${req.ip} \\\\${X}";
  const document = withPolicies([{ log: [{ action: { message } }] }], {
    system: { session: { secret: message } },
  });
  const { spec } = only(gatewaysOf(document));
  const files = gatewayFiles(spec, true);
  expect(files["gateway.config.yml"]).not.toContain("${");
  expect(JSON.stringify(parse(files["gateway.config.yml"] ?? ""))).toContain(
    JSON.stringify(message).slice(1, -1),
  );
  const system = parse(files["system.config.yml"] ?? "") as Record<string, Record<string, unknown>>;
  expect(system["session"]).toEqual({ secret: message });
  // Those that the platform puts there itself are the only ones.
  expect([...(files["system.config.yml"] ?? "").matchAll(/\$\{(\w+)/g)].map(([, name]) => name)).toEqual([
    "REDIS_HOST",
    "REDIS_PORT",
    "REDIS_PASSWORD",
    "EG_NAMESPACE",
  ]);
});

test("a project cannot choose where its gateway keeps callers, which others keep there, too", () => {
  const document = withPolicies([], {
    system: { db: { redis: { namespace: "EG-other-dev-" } }, crypto: { saltRounds: 4 } },
  });
  const { spec } = only(gatewaysOf(document));
  for (const files of [spec, { ...spec, system: { db: { redis: { namespace: "EG-other-dev-" } } } }].map(
    (each) => gatewayFiles(each, false),
  )) {
    expect(files["system.config.yml"]).not.toContain("other");
  }
  expect(spec.system).toEqual({ crypto: { saltRounds: 4 } });
});

test("files say what the configuration says, whatever that is: no text becomes a number, a date or an alias", () => {
  const hard = fc.constantFrom(
    "12:30:45",
    "2026-01-01",
    "0o17",
    "017",
    "yes",
    "null",
    "~",
    "<<",
    "*a",
    "&a",
    "1e3",
    " x",
    "x: y",
    "#",
    "\u2028",
    "\u0085",
    "${A}",
  );
  const text = fc.oneof(hard, fc.string(), fc.string({ unit: "grapheme" }));
  const value = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("json")),
      fc.dictionary(text, tie("json")),
    ),
  })).json;
  fc.assert(
    fc.property(fc.dictionary(text, value), (inner) => {
      fc.pre(!JSON.stringify(inner).includes("__proto__"));
      const { spec } = only(gatewaysOf(withPolicies([])));
      const configuration = { ...spec.configuration, inner };
      const text = gatewayFiles({ ...spec, configuration }, false)["gateway.config.yml"] ?? "";
      expect(parse(text, { version: "1.1", merge: true })).toEqual(JSON.parse(JSON.stringify(configuration)));
    }),
    { numRuns: 300 },
  );
});

test("what is looked at again is not written again, and another content is", () => {
  const { spec } = only(gatewaysOf(withPolicies([])));
  const again = { ...spec, configuration: structuredClone(spec.configuration) };
  expect(gatewayFiles(again, false)).toBe(gatewayFiles(spec, false));
  const others = [
    gatewayFiles(spec, true),
    gatewayFiles({ ...spec, configuration: { ...spec.configuration, more: 1 } }, false),
    gatewayFiles({ ...spec, system: { crypto: { saltRounds: 4 } } }, false),
    gatewayFiles({ ...spec, order: { apiEndpoints: [], pipelines: [] } }, false),
  ];
  for (const each of others) expect(each).not.toBe(gatewayFiles(spec, false));
});

test("the hash is another if and only if the content is", () => {
  const value = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.constantFrom<unknown>(0, "0", 1, [1, 2], [2, 1], { x: 1 }, null),
  );
  const { spec } = only(gatewaysOf(withPolicies([])));
  const hash = (inner: object) =>
    filesHash(gatewayFiles({ ...spec, configuration: { ...spec.configuration, inner } }, false));
  const shuffled = (inner: object) => Object.fromEntries(Object.entries(inner).reverse());
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(hash(shuffled(one))).toBe(hash(one));
      const isSame =
        JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
      expect(hash(one) === hash(other)).toBe(isSame);
    }),
  );
});
