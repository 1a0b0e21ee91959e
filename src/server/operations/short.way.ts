import { ApolloServerErrorCode } from "@apollo/server/errors";
import {
  getVariableValues,
  OperationTypeNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import type { Context } from "../../context.ts";
import type { SettError } from "../../errors.ts";
import { allowanceKey, type Allowances, type Price } from "../admission/allowances.ts";
import type { ErrorFormat } from "../live/error.presenter.ts";
import type { NoteDeprecated } from "./deprecated.fields.ts";
import type { Executor } from "./executor.ts";
import type { KnownDocuments } from "./known.documents.ts";
import type { CostOf } from "./operation.cost.ts";
import { isLeft, noteErrors, type RecordOperation } from "./operation.record.ts";
import type { Variables } from "./whole.operation.ts";

/** What is asked for, wherever it came from. */
export interface AskedOperation {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** Whether its price is to be told. */
  readonly asksForCost: boolean;
}

/** What is answered, ready to leave. */
export interface AnsweredOperation {
  readonly errors: readonly GraphQLFormattedError[] | undefined;
  /** Undefined where nothing was done. */
  readonly data: unknown;
  readonly extensions: { readonly cost: Price } | undefined;
  /** Why nothing was done, if so. */
  readonly refusal: SettError | undefined;
}

/**
 * Runs an operation of a document that the server has once let pass, by the same rules. Undefined for all that is not
 * plain, such as what is wrong in itself: the server answers that.
 */
export type ShortWay = (asked: AskedOperation, context: Context) => Promise<AnsweredOperation> | undefined;

interface Means {
  readonly schema: GraphQLSchema;
  readonly record: RecordOperation;
  readonly documents: KnownDocuments;
  readonly execute: Executor;
  readonly costOf: CostOf;
  readonly costLimit: number;
  readonly allowances: Allowances;
  readonly noteDeprecated: NoteDeprecated;
  readonly format: ErrorFormat;
}

export function createShortWay(means: Means): ShortWay {
  const { schema, record, documents, execute, costOf, costLimit, allowances, format } = means;
  const { noteDeprecated } = means;

  const present = (error: GraphQLError, requestId: string): GraphQLFormattedError => {
    // Those of compiled code have none where there is nothing in them.
    const told = error.extensions as GraphQLError["extensions"] | undefined;
    const code = told?.["code"] ?? ApolloServerErrorCode.INTERNAL_SERVER_ERROR;
    const formatted = format({ ...error.toJSON(), extensions: { ...told, code } }, error);
    return formatted.extensions?.["code"] === ApolloServerErrorCode.INTERNAL_SERVER_ERROR
      ? { ...formatted, extensions: { ...formatted.extensions, requestId } }
      : formatted;
  };

  const priceOf = (...[document, operation, variables]: Parameters<CostOf>): number => {
    try {
      return costOf(document, operation, variables);
    } catch {
      return Infinity;
    }
  };

  return ({ text, operationName, variables, asksForCost }, context) => {
    // What was shown cannot be read: what becomes of that is for the server to say.
    if (context.refusal) return undefined;
    const startedAt = performance.now();
    const known = documents.get(text);
    const operation = known?.operation(operationName);
    if (!known || !operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
    const { document } = known;
    const definitions = operation.variableDefinitions ?? [];
    const { coerced } = getVariableValues(schema, definitions, variables, { maxErrors: 1 });
    if (!coerced) return undefined;
    const cost = priceOf(document, operation, variables);
    if (cost > costLimit) return undefined;

    noteDeprecated(document);
    const { requestId, signedIn } = context;
    const { operation: type, name } = operation;
    const key = allowanceKey(context);

    const finish = async (
      data: unknown,
      errors: readonly GraphQLError[] | undefined,
      refusal?: SettError,
    ): Promise<AnsweredOperation> => {
      if (errors) noteErrors(errors, context, { type, name: name?.value });
      const presented = errors?.map((error) => present(error, requestId));
      const codes = presented?.map(({ extensions }) => String(extensions?.["code"])) ?? [];
      const extensions = asksForCost ? { cost: await allowances.price(key, cost) } : undefined;
      record({ requestId, type, operationName: name?.value, startedAt, codes, isLeft: isLeft(context) });
      return { errors: presented, data, extensions, refusal };
    };

    const run = async (): Promise<AnsweredOperation> => {
      const refusal = await allowances.spend(key, cost);
      if (refusal) return finish(undefined, [refusal], refusal);
      if (type === OperationTypeNode.MUTATION) signedIn?.caller.budget.keep();
      const { data, errors } = await execute({ document, operation, context, variables, coerced });
      return finish(data, errors);
    };
    return run();
  };
}
