import { policiesOf } from "../services/gateways/pipeline.reader.ts";
import { listOf, textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { isObject } from "../services/workspace/merge/json.kinds.ts";
import { ShownItem, ShownOrderedItem } from "./canvas-item.ts";
import { gatewayFields, type Gateway, type Pipeline, type Policy } from "./gateway.type.ts";

/** The policies of a pipeline, saved or running, as the graph shows them. */
export function toPolicies(pipeline: JsonObject): readonly Policy[] {
  return policiesOf(pipeline).map(({ id, name, steps }) => ({
    ...(id === undefined ? {} : { id }),
    name,
    steps: steps.map(({ id: stepId, condition, action }) => ({
      ...(typeof stepId === "string" ? { id: stepId } : {}),
      ...(condition === undefined ? {} : { condition }),
      ...(action === undefined ? {} : { action }),
    })),
  }));
}

class ShownPipeline extends ShownItem implements Pipeline {
  protected get named() {
    return ["policies"];
  }

  get policies() {
    return toPolicies(this.item);
  }
}

type Place = Pick<Gateway, "producer" | "env">;

class ShownGateway extends ShownOrderedItem implements Gateway {
  readonly producer: string;
  readonly env: string;

  constructor(item: JsonObject, { producer, env }: Place) {
    super(item);
    this.producer = producer;
    this.env = env;
  }

  protected get named() {
    return gatewayFields;
  }

  get dnsPrefix() {
    return textOf(this.item["dnsPrefix"]);
  }

  get policies() {
    return textsOf(this.item["policies"]);
  }

  get pipelines() {
    return listOf(this.item, "pipelines").map(toPipeline);
  }

  get http() {
    return this.#objectIn("http");
  }

  get https() {
    return this.#objectIn("https");
  }

  get admin() {
    return this.#objectIn("admin");
  }

  #objectIn(field: string) {
    const value = this.item[field];
    return isObject(value) ? value : undefined;
  }
}

/** A saved pipeline as the graph shows it. */
export const toPipeline = (item: JsonObject): Pipeline => new ShownPipeline(item);

/** A gateway as the graph shows it. */
export const toGateway = (item: JsonObject, place: Place): Gateway => new ShownGateway(item, place);
