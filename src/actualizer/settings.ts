import type { z } from "zod";
import { actualizerVariables } from "./actualizer.variables.ts";

/** The actualizer's own variables, as they are once read. */
export type ActualizerValues = {
  readonly [Name in keyof typeof actualizerVariables]: z.output<(typeof actualizerVariables)[Name]["type"]>;
};

/** What it shares with the gateway. */
export interface SharedValues {
  /** Where on the cluster producers' things run. */
  readonly namespace: string;
  /** All environments that producers have. */
  readonly environments: readonly string[];
  /** Where gateways reach the models of a workspace, as a template. */
  readonly modelUrl: string;
}

/** An image in its usual version and in the one for those who look for faults. */
export interface ImageSettings {
  readonly image: string;
  readonly version: string;
  readonly debugVersion: string;
}

/** What is deployed, and how it is reached. */
export interface ActualizerSettings extends SharedValues {
  readonly domain: string;
  readonly images: Readonly<Record<"workspace" | "slsApi" | "gateway" | "gitInit", ImageSettings>>;
  readonly debugProducers: readonly string[];
  readonly pullSecret: string | undefined;
  readonly git: { readonly host: string; readonly apiHost: string };
  readonly watchUrl: string;
  readonly redis: {
    readonly host: string;
    readonly port: number;
    readonly passwordSecret: string | undefined;
  };
  readonly adminOrigin: string;
  readonly autoGateway: boolean;
  /** Whether there are hosts for what asks nobody who they are. */
  readonly internalHosts: boolean;
  readonly ingress: {
    readonly className: string | undefined;
    readonly annotations: Readonly<Record<string, string>>;
  };
}

const versions = (image: string, version: string, debugVersion = version): ImageSettings => ({
  image,
  version,
  debugVersion,
});

function annotationsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
  );
}

/** The settings that variables mean. */
export function settingsOf(values: ActualizerValues, shared: SharedValues): ActualizerSettings {
  return {
    ...shared,
    domain: values.CUSTOMER_DOMAIN,
    images: {
      workspace: versions(values.LBWS_IMAGE, values.LBWS_VERSION, values.LBWS_DEBUG_VERSION),
      slsApi: versions(values.LBSLS_IMAGE, values.LBSLS_VERSION, values.LBSLS_DEBUG_VERSION),
      gateway: versions(values.GATEWAY_IMAGE, values.GATEWAY_VERSION, values.DEBUG_GATEWAY_VERSION),
      gitInit: versions(values.GIT_INIT_IMAGE, values.GIT_INIT_VERSION),
    },
    debugProducers: values.LB_DEBUG_USERS,
    pullSecret: values.IMAGE_PULL_SECRET,
    git: { host: values.GIT_HOST, apiHost: values.GIT_API_HOST },
    watchUrl: values.WATCH_URL,
    redis: {
      host: values.REDIS_HOST,
      port: values.REDIS_PORT,
      passwordSecret: values.REDIS_PASSWORD_SECRET,
    },
    adminOrigin: values.ADMIN_CROSS_ORIGIN,
    autoGateway: values.AUTOGATEWAY_ENABLE,
    internalHosts: values.INTERNAL_HOSTS,
    ingress: { className: values.INGRESS_CLASS, annotations: annotationsOf(values.INGRESS_ANNOTATIONS) },
  };
}

/** The settings while no variable of the actualizer's own is set. */
export function usualSettings(shared: SharedValues): ActualizerSettings {
  const unset = Object.entries(actualizerVariables).map(([name, { type, unset: text }]) => [
    name,
    type.parse(text),
  ]);
  return settingsOf(Object.fromEntries(unset) as ActualizerValues, shared);
}

/** The image that a producer gets. */
export function imageOf(
  settings: ActualizerSettings,
  which: keyof ActualizerSettings["images"],
  producer: string,
): string {
  const { image, version, debugVersion } = settings.images[which];
  return `${image}:${settings.debugProducers.includes(producer) ? debugVersion : version}`;
}
