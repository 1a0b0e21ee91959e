import { z } from "zod";
import { httpAddress, optional, yesOrNo, type Variable } from "./variable-types.ts";

const word = optional(z.string());

/** Where traces are sent, and which: OpenTelemetry's own variables, the rest of which its library reads as well. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    about: "Where traces are sent, by OTLP over HTTP as JSON: `/v1/traces` is added. Unset, there are none.",
    unset: "",
    type: optional(httpAddress),
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    about: "The same, and the whole address.",
    unset: "",
    type: optional(httpAddress),
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    about: "What is sent with them, `name=value` separated by commas: a credential, say.",
    unset: "",
    type: word,
  },
  OTEL_EXPORTER_OTLP_TIMEOUT: {
    about: "How long whoever collects traces may take to answer, in milliseconds; unset, 10000.",
    unset: "",
    type: optional(z.string().regex(/^\d+$/, "must be a whole number")),
  },
  OTEL_SERVICE_NAME: {
    about: "As what they are sent; unset, sett, and sett-actualizer of the actualizer.",
    unset: "",
    type: word,
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    about: "What else is said of the process, `name=value` separated by commas.",
    unset: "",
    type: word,
  },
  OTEL_TRACES_SAMPLER: {
    about:
      "Which traces are sent, by one of OpenTelemetry's samplers; those called parentbased do what the caller's header says. Unset, the share of OTEL_TRACES_SAMPLER_ARG, whatever the caller says.",
    unset: "",
    type: optional(
      z.enum(
        [
          "always_on",
          "always_off",
          "traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "parentbased_traceidratio",
        ],
        "must be always_on, always_off, traceidratio, or one of these after parentbased_",
      ),
    ),
  },
  OTEL_TRACES_SAMPLER_ARG: {
    about: "The share of traces that is sent, from 0 to 1; unset, all.",
    unset: "",
    type: optional(z.string().regex(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, "must be from 0 to 1")),
  },
  OTEL_BSP_MAX_QUEUE_SIZE: {
    about: "How many spans wait to be sent; more are dropped, and counted. Unset, 2048.",
    unset: "",
    type: optional(z.string().regex(/^[1-9]\d*$/, "must be a whole number from 1")),
  },
  OTEL_SDK_DISABLED: { about: "Whether there are no traces after all.", unset: "false", type: yesOrNo },
} satisfies Record<string, Variable>;

/** What of these says whether there are traces. */
export interface TracingSettings {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined;
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: string | undefined;
  readonly OTEL_SDK_DISABLED: boolean;
}
