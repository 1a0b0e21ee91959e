import type { ExampleGroup } from "../examples/example.ts";
import { examplesFor } from "../examples/examples.ts";
import { idOf } from "./seed/car.ids.ts";

interface Names {
  readonly PRODUCER_PREFIX: string;
  readonly ENVIRONMENTS: readonly string[];
}

/** What to try on the sandbox: about demo's project, each as somebody who shows what it is about. */
export function sandboxExamples({ PRODUCER_PREFIX, ENVIRONMENTS }: Names): readonly ExampleGroup[] {
  const [env = "dev"] = ENVIRONMENTS;
  return examplesFor(
    {
      producer: "demo",
      owner: `${PRODUCER_PREFIX}-demo`,
      env,
      newEnv: "staging",
      guest: `${PRODUCER_PREFIX}-eve`,
      gateway: idOf("gateway", 1),
      functionName: "hello",
      dataSource: "garage",
    },
    { owner: "demo", writer: "al", reader: "zu", stranger: "eve", admin: "admin" },
  );
}
