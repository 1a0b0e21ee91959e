import { z } from "zod";
import { duration, httpAddress, optional, yesOrNo, type Variable } from "./variable-types.ts";

const file = z.string().min(1);

/** Where the cluster is that producers' things run on, and how patiently it is watched. */
export const clusterVariables = {
  KUBERNETES_URL: {
    about:
      "The address of the cluster's API. Without it KUBECONFIG counts, and without that the service account of the pod that the gateway runs in; where there is none of the three, nothing is told of what runs.",
    unset: "",
    type: optional(httpAddress),
  },
  KUBERNETES_TOKEN: {
    about: "A token for the API at KUBERNETES_URL.",
    unset: "",
    type: optional(z.string().regex(/^[\x21-\x7e]+$/, "must be one word")),
  },
  KUBERNETES_TOKEN_FILE: {
    about: "A file with such a token instead, read again now and then: it may be replaced.",
    unset: "",
    type: optional(file),
  },
  KUBERNETES_CA_FILE: {
    about: "A file with the certificates that the API at KUBERNETES_URL is trusted by.",
    unset: "",
    type: optional(file),
  },
  KUBECONFIG: {
    about: "A file with the address and the credential of the cluster, as kubectl reads it: one, not a list.",
    unset: "",
    type: optional(file),
  },
  KUBERNETES_CONTEXT: {
    about: "Which context of KUBECONFIG is meant; without it the one that the file says.",
    unset: "",
    type: optional(z.string()),
  },
  KUBERNETES_NAMESPACE: {
    about: "Where on the cluster producers' things run.",
    unset: "customer",
    type: z
      .string()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
        "must be 1 to 63 lower-case letters, digits and dashes",
      ),
  },
  KUBERNETES_WATCH: {
    about:
      "After how long a watch of the cluster is begun anew. A cluster that dies without a word is noticed 5 seconds later.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 1000, "must be at least 1s"),
  },
  KUBERNETES_RELIST: {
    about: "How often everything that is watched is listed anew, whatever the watch said.",
    unset: "5m",
    type: duration.refine((milliseconds) => milliseconds >= 1000, "must be at least 1s"),
  },
  KUBERNETES_RETRY: {
    about:
      "The longest wait before a cluster that fails is asked again: it doubles from 100ms with each failure. What is forbidden is asked for half as often.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  ACTUALIZER: {
    about:
      "Whether an actualizer runs on the cluster: functions are then deployed by it, and it is told of changes. Without it the gateway asks sls-api itself. It means nothing where no cluster is configured.",
    unset: "true",
    type: yesOrNo,
  },
} satisfies Record<string, Variable>;
