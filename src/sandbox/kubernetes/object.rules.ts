import { fieldsIn, isFields } from "./field.shape.ts";
import type { ClusterObject, Fields, Labels } from "./kubernetes.object.ts";
import { carries } from "./object.selector.ts";
import { deployments, pods, type Resource } from "./resource.kinds.ts";
import { definitions } from "./stored.kinds.ts";
import { forbiddenValue, invalid, invalidValue, requiredValue, type Cause } from "./status.error.ts";

const nameRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const labelPattern = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const podRule =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`," +
  "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)," +
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/** Throws where an object is not as the cluster wants all objects, or those of its kind, to be. */
export function checkObject(
  resource: Resource,
  object: ClusterObject,
  before: ClusterObject | undefined,
): void {
  const causes = [...metadataProblems(object, before), ...ownProblems(resource, object, before)];
  if (causes.length > 0) throw invalid(resource, object.metadata.name, causes);
}

function metadataProblems({ metadata }: ClusterObject, before: ClusterObject | undefined): readonly Cause[] {
  const { name, labels = {}, ownerReferences = [], finalizers = [] } = metadata;
  const isGood = namePattern.test(name) && name.length <= 253;
  const known = new Set(before?.metadata.finalizers);
  const added = finalizers.filter((each) => !known.has(each));
  const isEnding = before?.metadata.deletionTimestamp !== undefined;
  const problem =
    "no new finalizers can be added if the object is being deleted, found new finalizers " +
    `[]string{${added.map((each) => JSON.stringify(each)).join(", ")}}`;
  return [
    ...(isGood ? [] : [invalidValue("metadata.name", name, nameRule)]),
    ...Object.values(labels)
      .filter((value) => typeof value !== "string" || !labelPattern.test(value) || value.length > 63)
      .map((value) => invalidValue("metadata.labels", value, labelRule)),
    ...ownerReferences.flatMap((owner) =>
      (["apiVersion", "kind", "name", "uid"] as const)
        .filter((field) => !owner[field])
        .map((field) => invalidValue(`metadata.ownerReferences.${field}`, "", "must not be empty")),
    ),
    ...(isEnding && added.length > 0 ? [forbiddenValue("metadata.finalizers", problem)] : []),
  ];
}

function ownProblems(
  resource: Resource,
  object: ClusterObject,
  before: ClusterObject | undefined,
): readonly Cause[] {
  const spec = fieldsIn(object["spec"]);
  const kind = resource as unknown;
  if (kind === pods) return [...containerProblems(spec, "spec"), ...podChanges(spec, before)];
  if (kind === deployments) return deploymentProblems(spec, before);
  if (kind !== definitions) return [];
  const { name } = object.metadata;
  const names = fieldsIn(spec["names"]);
  const isNamed = name === `${String(names["plural"])}.${String(spec["group"])}`;
  return isNamed ? [] : [invalidValue("metadata.name", name, 'must be spec.names.plural+"."+spec.group')];
}

function deploymentProblems(spec: Fields, before: ClusterObject | undefined): readonly Cause[] {
  const template = fieldsIn(spec["template"]);
  const labels = fieldsIn(fieldsIn(template["metadata"])["labels"]) as Labels;
  const wanted = fieldsIn(spec["selector"])["matchLabels"];
  const was = fieldsIn(before?.["spec"])["selector"];
  const isMoved = was !== undefined && JSON.stringify(was) !== JSON.stringify(spec["selector"]);
  const containers = containerProblems(fieldsIn(template["spec"]), "spec.template.spec");
  if (!isFields(wanted)) return [requiredValue("spec.selector"), ...containers];
  const mismatch = "`selector` does not match template `labels`";
  return [
    ...(carries(labels, wanted as Labels)
      ? []
      : [invalidValue("spec.template.metadata.labels", labels, mismatch)]),
    ...(isMoved ? [invalidValue("spec.selector", spec["selector"], "field is immutable")] : []),
    ...containers,
  ];
}

function containerProblems(spec: Fields, path: string): readonly Cause[] {
  const containers = spec["containers"];
  if (!Array.isArray(containers) || containers.length === 0) return [requiredValue(`${path}.containers`)];
  return (containers as readonly Fields[]).flatMap((container, index) =>
    ["name", "image"]
      .filter((field) => !container[field])
      .map((field) => requiredValue(`${path}.containers[${index}].${field}`)),
  );
}

function podChanges(spec: Fields, before: ClusterObject | undefined): readonly Cause[] {
  if (before === undefined) return [];
  const isSame =
    JSON.stringify(withoutImages(spec)) === JSON.stringify(withoutImages(fieldsIn(before["spec"])));
  return isSame ? [] : [forbiddenValue("spec", podRule)];
}

function withoutImages(spec: Fields): Fields {
  const containers = (spec["containers"] ?? []) as readonly Fields[];
  return { ...spec, containers: containers.map(({ image: _image, ...rest }) => rest) };
}
