import { LRUCache } from "lru-cache";
import { stringify as stableText } from "safe-stable-stringify";
import { stringify as yamlText } from "yaml";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import { hashOf } from "../names/object.names.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { consumerModels } from "./consumer.models.ts";

/** Express Gateway's system configuration where nothing else is said; Redis is told by the pod's environment. */
function systemConfiguration(hasPassword: boolean): JsonObject {
  const password = hasPassword ? { password: "${REDIS_PASSWORD}" } : {};
  return {
    db: {
      redis: {
        host: "${REDIS_HOST}",
        port: "${REDIS_PORT}",
        ...password,
        namespace: "${EG_NAMESPACE}",
      },
    },
    crypto: { cipherKey: "sensitiveKey", algorithm: "aes256", saltRounds: 10 },
    session: { secret: "keyboard cat", resave: false, saveUninitialized: false },
    accessTokens: { timeToExpiry: 7_200_000 },
    refreshTokens: { timeToExpiry: 7_200_000 },
    authorizationCodes: { timeToExpiry: 7_200_000 },
  };
}

/** The same content in the same order, whichever order it came in. */
const inOrder = (value: unknown) => JSON.parse(stableText(value) ?? "null") as Json;

/** Every text in quotes: what is a text here is a number, a date or a merge to some readers of YAML if it looks like one. */
const written = (value: Json) =>
  yamlText(value, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
  });

/**
 * What people have written is spelt so that the gateway puts nothing of its pod's environment into it, which it does
 * before it reads the file.
 */
const withoutVariables = (text: string) => text.replaceAll("${", "\\x24{");

/** The entries of a part, those that are named first. */
function arranged(part: Json | undefined, first: readonly string[]): JsonObject {
  const entries: JsonObject = isObject(part) ? part : {};
  const names = [...new Set([...first, ...Object.keys(entries)])];
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(entries, name)).map((name) => [name, entries[name] ?? null]),
  );
}

function gatewayText({ configuration, order }: GatewayResource["spec"]): string {
  const sorted = inOrder(configuration);
  const parts: JsonObject = isObject(sorted) ? sorted : {};
  const apiEndpoints = arranged(parts["apiEndpoints"], order?.apiEndpoints ?? []);
  const pipelines = arranged(parts["pipelines"], order?.pipelines ?? []);
  return withoutVariables(written({ ...parts, apiEndpoints, pipelines }));
}

type Files = Readonly<Record<string, string>>;

/** Up to so many characters of files are remembered: a gateway is looked at several times with each change of it. */
const mostRemembered = 8_000_000;
const remembered = new LRUCache<string, Files>({
  maxSize: mostRemembered,
  sizeCalculation: (files, key) =>
    Object.values(files).reduce((size, text) => size + text.length, key.length),
});

function filesOf(spec: GatewayResource["spec"], hasPassword: boolean): Files {
  const { db: _db, ...own } = spec.system ?? {};
  const { db, ...usual } = systemConfiguration(hasPassword);
  const system = withoutVariables(written(inOrder({ ...usual, ...own })));
  return {
    "gateway.config.yml": gatewayText(spec),
    "system.config.yml": `${written({ db: db ?? {} })}${system}`,
    ...Object.fromEntries(
      Object.entries(consumerModels).map(([name, model]) => [`${name}.json`, JSON.stringify(model)]),
    ),
  };
}

/** The files that a gateway is started with, by their names; models of callers are those of every gateway. */
export function gatewayFiles(spec: GatewayResource["spec"], hasPassword: boolean): Files {
  const { configuration, order, system } = spec;
  // All that they follow from: what costs is to write them, and that is done once for each content.
  const key = hashOf(stableText([configuration, order, system, hasPassword]), 32);
  const known = remembered.get(key);
  if (known) return known;
  const files = filesOf(spec, hasPassword);
  remembered.set(key, files);
  return files;
}

/** The name of what files hold: pods that have others are replaced. */
export function filesHash(files: Files): string {
  return hashOf(stableText(files), 16);
}
