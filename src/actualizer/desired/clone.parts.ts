import type { V1Container } from "@kubernetes/client-node";
import { objectName, type App, type Place } from "../names/object.names.ts";
import type { RepositoryPlace } from "../resources/resource.parts.ts";
import { ownerOf } from "../resources/resources.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { imageOf, type ActualizerSettings } from "../settings.ts";
import { environmentOf, type ObjectBase } from "./desired.objects.ts";

/** What a pod that works in a clone of a repository has room for: its key, and the clone. */
export const cloneVolumes = [
  { name: "ssh-volume", emptyDir: {} },
  { name: "workspace-volume", emptyDir: {} },
];

const keys = { name: "ssh-volume", mountPath: "/root/.ssh" };
const clone = { name: "workspace-volume", mountPath: "/usr/src/app/workspace" };

/** The labels of what runs for an environment; function pods are told by `env`, and all others by both. */
export const placeLabels = (app: App, { producer, env }: Place) => ({
  app,
  producer,
  environment: env,
  env,
});

/** The labels by which pods are found: what was deployed before `env` was a label is found by them, too. */
export const placeSelector = (app: App, { producer, env }: Place) => ({ app, producer, environment: env });

/** What the objects of a part of an environment have in common. */
export function environmentBase(
  app: App,
  resource: WorkspaceResource,
  settings: ActualizerSettings,
): ObjectBase {
  const { spec } = resource;
  return {
    name: objectName(app, spec),
    labels: placeLabels(app, spec),
    selector: placeSelector(app, spec),
    owners: ownerOf(resource),
    settings,
  };
}

/** Where a repository is cloned from and pushed to. */
export const addressOf = ({ owner, name }: RepositoryPlace, { git }: ActualizerSettings) =>
  `git@${git.host}:${owner}/${name}.git`;

/** What clones a repository before anything else starts, and registers the key that it is pushed with later. */
export function cloning(
  keyType: string,
  repository: RepositoryPlace,
  { spec }: WorkspaceResource,
  settings: ActualizerSettings,
): V1Container {
  return {
    name: "init-ws",
    image: imageOf(settings, "gitInit", spec.producer),
    env: environmentOf({
      USERNAME: spec.producer,
      GIT_HOST: settings.git.host,
      GIT_API_HOST: settings.git.apiHost,
      GIT_KEY_TYPE: keyType,
      GIT_REPO_URL: addressOf(repository, settings),
    }),
    volumeMounts: [keys, clone],
  };
}

/** Where that is in the pod's container. */
export const cloneMounts = [{ ...keys, readOnly: true }, clone];
