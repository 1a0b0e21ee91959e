import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Context } from "../../context.ts";
import type { Metrics } from "../../metrics.ts";
import { compile, type CompiledQuery } from "./compiled.query.ts";
import {
  conditionsOf,
  countFields,
  decided,
  wholeOperation,
  type Variables,
  type WholeOperation,
} from "./whole.operation.ts";

/** An operation of a known document, to be run. */
export interface Run {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly context: Context;
  /** As they were sent, and as the operation has them. */
  readonly variables: Variables;
  readonly coerced: Variables;
}

/** Runs operations; what it is asked for often, it makes code of. */
export type Executor = (run: Run) => Promise<ExecutionResult> | ExecutionResult;

/** An operation as one set of conditions has it. */
interface Variant {
  sightings: number;
  compiled: CompiledQuery | undefined;
  isUnsuitable: boolean;
}

/** What is known of an operation. */
interface Known {
  readonly whole: WholeOperation;
  readonly conditions: readonly string[];
  readonly variants: Map<string, Variant>;
}

/** Compiling costs as much as some runs: it is for what comes again, and the larger, the oftener. */
const fewestSightings = 3;
const fieldsPerSighting = 10;

/** An operation that is had in more ways than these is run as it is in the others. */
const mostVariants = 8;

/** Code is kept for so many fields; each takes about two kilobytes. */
const keptFields = 10_000;

export function createExecutor(schema: GraphQLSchema, { executions, compilations }: Metrics): Executor {
  const operations = new WeakMap<OperationDefinitionNode, Known>();
  const kept = new LRUCache<Variant, number>({
    maxSize: keptFields,
    sizeCalculation: (fields) => Math.max(fields, 1),
    dispose: (_fields, variant, reason) => {
      if (reason !== "evict") return;
      variant.compiled = undefined;
      variant.sightings = 0;
    },
  });
  const counts = {
    compiled: executions.labels("compiled"),
    interpreted: executions.labels("interpreted"),
  };

  const known = ({ document, operation }: Run): Known => {
    const before = operations.get(operation);
    if (before) return before;
    const whole = wholeOperation(document, operation);
    const now = { whole, conditions: conditionsOf(whole), variants: new Map<string, Variant>() };
    operations.set(operation, now);
    return now;
  };

  const variantOf = ({ conditions, variants }: Known, coerced: Variables): Variant | undefined => {
    const key = conditions.map((name) => (coerced[name] === true ? "1" : "0")).join("");
    const before = variants.get(key);
    if (before || variants.size >= mostVariants) return before;
    const variant: Variant = { sightings: 0, compiled: undefined, isUnsuitable: false };
    variants.set(key, variant);
    return variant;
  };

  const giveUp = (variant: Variant, outcome: "unsuitable" | "failed") => {
    compilations.inc({ outcome });
    kept.delete(variant);
    Object.assign(variant, { compiled: undefined, isUnsuitable: true });
  };

  /** The code for a run, once it was asked for often enough to be worth it. */
  const codeFor = (run: Run, variant: Variant, whole: WholeOperation): CompiledQuery | undefined => {
    if (variant.isUnsuitable) return undefined;
    if (variant.compiled) {
      kept.get(variant);
      return variant.compiled;
    }
    variant.sightings += 1;
    if (variant.sightings < fewestSightings) return undefined;
    const fields = countFields(whole);
    if (variant.sightings < fewestSightings + fields / fieldsPerSighting) return undefined;
    variant.compiled = compile(schema, decided(whole, run.coerced));
    if (!variant.compiled) {
      giveUp(variant, "unsuitable");
      return undefined;
    }
    compilations.inc({ outcome: "compiled" });
    kept.set(variant, fields);
    return variant.compiled;
  };

  const interpret = ({ document, operation, context, variables }: Run) => {
    counts.interpreted.inc();
    return execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: operation.name?.value ?? null,
    });
  };

  return (run) => {
    const { whole, conditions, variants } = known(run);
    const variant = variantOf({ whole, conditions, variants }, run.coerced);
    if (!variant) return interpret(run);
    // Only queries are compiled, so what breaks in the code may be done once more without it.
    const failed = (error: unknown) => {
      run.context.log.error({ err: error }, "compiled code broke");
      giveUp(variant, "failed");
      return interpret(run);
    };
    try {
      const result = codeFor(run, variant, whole)?.run(run.context, run.coerced);
      if (!result) return interpret(run);
      counts.compiled.inc();
      return "then" in result ? result.catch(failed) : result;
    } catch (error) {
      return failed(error);
    }
  };
}
