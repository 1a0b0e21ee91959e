import { suggestionList } from "graphql/jsutils/suggestionList.js";
import { ownVariables } from "../actualizer/actualizer.config.ts";
import type { Config } from "../config.ts";
import { variables } from "../variables.ts";
import { ok, warning, type Told } from "./finding.ts";
import { platformSettings } from "./platform.settings.ts";

const known: readonly string[] = [...Object.keys(variables), ...Object.keys(ownVariables)];
const isKnown = new Set(known);
const ofPlatform = new Map(platformSettings.map((setting) => [setting.name, setting]));

/** What a cluster puts into each of its pods for each of its services. */
const serviceLink = /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT_\d+_(?:TCP|UDP)/;
const shortest = 8;

/** The variable that somebody may have meant; undefined where it is not likely that any is. */
function meant(name: string): string | undefined {
  if (isKnown.has(name) || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  if (name.length < shortest || !name.includes("_") || serviceLink.test(name)) return undefined;
  const alike = known.filter(
    (each) => each.slice(0, 3) === name.slice(0, 3) && Math.abs(each.length - name.length) <= 1,
  );
  const [nearest] = suggestionList(name, alike);
  return nearest;
}

/** Variables that are set and that nobody reads: of the platform's, and misspelt ones. Their values are not told. */
export function checkNames(environment: NodeJS.ProcessEnv): readonly Told[] {
  return Object.keys(environment)
    .filter((name) => environment[name] && !isKnown.has(name))
    .sort()
    .flatMap((name): Told[] => {
      const setting = ofPlatform.get(name);
      if (setting) {
        const { ours, note } = setting;
        // It was taken over already.
        if (ours.length > 0 && ours.every((each) => environment[each])) return [];
        const mend = ours.length === 0 ? "Leave it out." : `Set ${ours.join(" and ")}.`;
        return [
          warning(
            name,
            "it is the platform's own, and is not read here.",
            `${mend} ${note.replaceAll("`", "")}`,
          ),
        ];
      }
      const nearest = meant(name);
      if (nearest === undefined) return [];
      return [warning(name, "no variable of that name is read.", `If ${nearest} is meant, call it so.`)];
    });
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);

/** What is allowed, and seldom meant where people rely on it. */
export function checkSettings(config: Config, environment: NodeJS.ProcessEnv): readonly Told[] {
  const isInPod = Boolean(environment["KUBERNETES_SERVICE_HOST"]);
  const told: (Told | undefined)[] = [
    environment["NODE_ENV"] === "production"
      ? undefined
      : warning(
          "NODE_ENV",
          "it is not production.",
          "Set NODE_ENV=production: checks for development are left out then.",
        ),
    config.ENVIRONMENT_SECRET.length > 0
      ? undefined
      : warning(
          "ENVIRONMENT_SECRET",
          "it is not set, and follows from GITEA_TOKEN: another token would unmark all environments that were made.",
          "Set ENVIRONMENT_SECRET, the same for the gateway and the actualizer.",
        ),
    config.DOCUMENTS === "register"
      ? warning(
          "DOCUMENTS",
          "whatever anybody sends is registered.",
          "Set DOCUMENTS=trusted once all documents are known.",
        )
      : undefined,
    isInPod && loopback.has(config.HOST)
      ? warning(
          "HOST",
          `it is ${config.HOST}, which nobody outside of this pod reaches.`,
          "Set HOST=0.0.0.0.",
        )
      : undefined,
    isInPod && config.REDIS_URL === undefined
      ? warning(
          "REDIS_URL",
          "it is not set: replicas do not know of each other.",
          "Set REDIS_URL, or run one replica.",
        )
      : undefined,
    ...config.CORS_ORIGINS.filter(
      (each) => config.PUBLIC_URL?.startsWith("https:") && each.startsWith("http:"),
    ).map((each) =>
      warning(
        "CORS_ORIGINS",
        `${each} is not served over TLS, while the gateway is.`,
        "Leave it out of CORS_ORIGINS, or serve it over https.",
      ),
    ),
  ];
  const found = told.filter((each) => each !== undefined);
  const documents = config.DOCUMENTS === "trusted" ? "only registered documents run" : "any document runs";
  return [ok("variables", `all that are read are well formed; ${documents}.`), ...found];
}
