import { z } from "zod";
import { wholeNumber, yesOrNo, type Variable } from "../variable-types.ts";

/** How the actualizer's own process runs. */
export const processVariables = {
  ACTUALIZER_PORT: {
    about: "Port that the actualizer answers health checks, metrics and webhooks at; 0 takes a free one.",
    unset: "4001",
    type: wholeNumber(0, 65_535),
  },
  ACTUALIZER_HOST: { about: "Address for that.", unset: "127.0.0.1", type: z.string().min(1) },
  ACTUALIZER_DRY_RUN: {
    about: "Whether nothing is written to the cluster, and what would be is logged instead.",
    unset: "false",
    type: yesOrNo,
  },
  ACTUALIZER_APPLY_CRDS: {
    about:
      "Whether the actualizer installs the custom resource definitions that it needs, which takes rights for the whole cluster; without it somebody applies deploy/chart/crds.",
    unset: "false",
    type: yesOrNo,
  },
} satisfies Record<string, Variable>;
