import type { DeployedFunction } from "../sls/function.cluster.ts";
import type { Workload } from "./workload.templates.ts";

/** What runs a function. */
export function functionWorkload({ name, runtime, labels, logs }: DeployedFunction): Workload {
  return {
    name,
    labels: { ...labels, function: name },
    selector: { function: name },
    container: name,
    image: `kubeless/${runtime.replace(":", "@")}`,
    ports: [{ name: "http-function-port", port: 8080, servicePort: 8080 }],
    greeting: [...logs],
  };
}
