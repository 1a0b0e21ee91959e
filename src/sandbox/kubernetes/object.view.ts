import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import { columnsOf, rowOf } from "./object.table.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";
import { StatusError } from "./status.error.ts";

const meta = { apiVersion: "meta.k8s.io/v1" };

/** How objects are written for who asked: whole, their metadata alone, or as rows of a table. */
export interface ObjectView {
  list(objects: readonly ClusterObject[], metadata: Fields): Fields;
  one(object: ClusterObject): Fields;
  bookmark(metadata: Fields): Fields;
}

/** What is asked for by the Accept header; throws when it cannot be had. */
export function viewOf(resource: Resource, accept = "application/json"): ObjectView {
  const wanted = accept.split(",").map((each) => each.trim().toLowerCase());
  for (const each of wanted) {
    const form = /;as=(\w+)/.exec(each)?.[1];
    if (form?.startsWith("partialobjectmetadata") === true && each.includes("v=v1")) return metadataView;
    if (form === "table" && !each.includes("v=v1beta1")) return tableView(resource);
    if (form === undefined && /^(application\/(json|\*)|\*\/\*)(;|$)/.test(each)) return wholeView(resource);
  }
  throw notAcceptable();
}

function wholeView(resource: Resource): ObjectView {
  const apiVersion = apiVersionOf(resource);
  const one = (object: ClusterObject): Fields => ({ kind: resource.kind, apiVersion, ...written(object) });
  return {
    list: (items, metadata) => ({
      kind: `${resource.kind}List`,
      apiVersion,
      // The objects in a list say neither their kind nor its version, unless they are custom ones.
      metadata: resource.isCustom ? { continue: "", ...metadata } : metadata,
      items: items.map(resource.isCustom ? one : written),
    }),
    one,
    bookmark: (metadata) => ({ kind: resource.kind, apiVersion, metadata, ...resource.blank }),
  };
}

/** An object without the namespace that it does not have. */
function written(object: ClusterObject): Fields {
  const { namespace, ...metadata } = object.metadata;
  return namespace === "" ? { ...object, metadata } : object;
}

const metadataView: ObjectView = {
  list: (objects, metadata) => ({
    kind: "PartialObjectMetadataList",
    ...meta,
    metadata,
    items: objects.map((object) => metadataView.one(object)),
  }),
  one: (object) => ({ kind: "PartialObjectMetadata", ...meta, metadata: written(object)["metadata"] }),
  bookmark: (metadata) => ({ kind: "PartialObjectMetadata", ...meta, metadata }),
};

function tableView(resource: Resource): ObjectView {
  let columns: readonly Fields[] | null = columnsOf(resource);
  const table = (objects: readonly ClusterObject[], metadata: Fields): Fields => {
    const columnDefinitions = columns;
    // A watch names the columns once.
    columns = null;
    const rows = objects.map((object) => ({
      cells: rowOf(resource, object),
      object: metadataView.one(object),
    }));
    return { kind: "Table", ...meta, metadata, columnDefinitions, rows };
  };
  return {
    list: table,
    one: (object) => table([object], { resourceVersion: object.metadata.resourceVersion }),
    bookmark: (metadata) => table([], metadata),
  };
}

function notAcceptable(): StatusError {
  const offered = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];
  const streams = ["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"];
  const message = `406: Not Acceptable\n\nAvailable representations: ${[...offered, ...streams].join(", ")}`;
  return new StatusError(406, message, { reason: "NotAcceptable", details: {} });
}
