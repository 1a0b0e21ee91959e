import type { DesiredObject } from "../desired/desired.objects.ts";

/** Where something that was applied is found, and what it runs: its hosts and its images, in the order of its objects. */
export function appliedPlaces(objects: readonly DesiredObject[]): {
  readonly hosts: readonly string[];
  readonly images: readonly string[];
} {
  const hosts = objects.flatMap((object) =>
    object.kind === "Ingress" ? (object.spec?.rules ?? []).flatMap(({ host }) => host ?? []) : [],
  );
  const images = objects.flatMap((object) =>
    object.kind === "Deployment"
      ? (object.spec?.template.spec?.containers ?? []).flatMap(({ image }) => image ?? [])
      : [],
  );
  return { hosts: [...new Set(hosts)], images: [...new Set(images)] };
}
