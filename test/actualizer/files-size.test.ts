import fc from "fast-check";
import { expect, test } from "vitest";
import { filesBytes } from "../../src/actualizer/gateway/files.size.ts";
import { gatewayFiles } from "../../src/actualizer/gateway/gateway.files.ts";
import type { GatewayResource } from "../../src/actualizer/resources/gateway.resource.ts";
import { fileOf, gatewaysOf, wantedOf } from "./actualizer.source.ts";
import { only, withPolicies } from "./gateway.reading.ts";

const writtenBytes = (spec: GatewayResource["spec"]) =>
  Object.values(gatewayFiles(spec, true)).reduce((sum, text) => sum + Buffer.byteLength(text), 0);

const nested = (depth: number, inner: unknown): unknown => (depth === 0 ? inner : [nested(depth - 1, inner)]);

const usual = only(gatewaysOf(withPolicies([]))).spec;

test("a gateway's files are never larger than they are said to be, and mostly not much smaller", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "${HOME}",
      "\u0085\u2028\u0000\n\r\t",
      "€".repeat(50),
      "k".repeat(1_100),
      "a: b\n - c\n\n",
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      text,
      fc.double(),
      fc.constantFrom(null, true, [], {}),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(text, tie("value"), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(text, value), fc.nat(50), (part, depth) => {
      const content = JSON.parse(
        JSON.stringify({ part, deep: nested(depth, part) }),
      ) as GatewayResource["spec"]["configuration"];
      const spec = { ...usual, configuration: { ...usual.configuration, content }, system: content };
      expect(filesBytes(spec, Infinity)).toBeGreaterThanOrEqual(writtenBytes(spec));
    }),
  );
  expect(filesBytes(usual, Infinity)).toBeLessThan(3 * writtenBytes(usual));
});

test.each([
  ["whose JSON has more bytes than characters", ["€".repeat(150_000)]],
  [
    "that is short as JSON, and long as a file",
    nested(
      45,
      Array.from({ length: 20_000 }, () => 1),
    ),
  ],
])("a configuration %s is left as it is", (_what, paths) => {
  const document = {
    ...withPolicies([]),
    apiEndpoints: [{ id: "api", paths }],
    connections: [{ fromId: "p", toId: "api" }],
  };
  expect(JSON.stringify(document).length).toBeLessThan(400_000);
  expect(wantedOf({ document: fileOf(document) }).undecided).toEqual([
    {
      kind: "Gateway",
      name: "demo-dev-gate",
      because: "the configuration of the gateway Gate is larger than the cluster keeps",
    },
  ]);
});
