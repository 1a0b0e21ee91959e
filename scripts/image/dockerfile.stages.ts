import {
  DockerfileParser,
  type Instruction,
  type JSONInstruction,
  type PropertyInstruction,
} from "dockerfile-ast";

type Words = Readonly<Record<string, string>>;

/** What a stage does, in the order it is written; what only tells of an image is not among it. */
export type Step =
  | {
      readonly does: "copy";
      readonly from?: string;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly does: "run"; readonly command: string }
  | { readonly does: "workdir"; readonly folder: string }
  | { readonly does: "set"; readonly variables: Words };

/** How an image is run. */
export interface Running {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  readonly user?: string;
  readonly stopSignal?: string;
  readonly ports: readonly string[];
  readonly labels: Words;
}

/** One `FROM` and what follows it, with the arguments of the build put in. */
export interface Stage {
  readonly name: string;
  /** Another stage, or an image. */
  readonly base: string;
  readonly steps: readonly Step[];
  readonly running: Running;
}

type Properties = { -readonly [Key in keyof Running]: Running[Key] };

/** The words with their variables; the forms that give a default of their own are not known here. */
function filled(text: string, known: Words): string {
  return text.replace(/\$(?:\{([^}]*)\}|(\w+))/g, (all, inBraces?: string, bare?: string) => {
    const name = inBraces ?? bare ?? "";
    if (!/^\w+$/.test(name)) throw new Error(`Dockerfile: ${all} is a form that is not known here`);
    return known[name] ?? "";
  });
}

function execForm(instruction: Instruction): readonly string[] {
  const text = instruction.getArgumentsContent()?.replace(/^CMD\s+/, "") ?? "";
  const words: unknown = text.startsWith("[") ? JSON.parse(text) : undefined;
  if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === "string"))
    return words;
  throw new Error(`Dockerfile: ${instruction.getKeyword()} is to be a list of words`);
}

const propertiesOf = (instruction: Instruction) => (instruction as PropertyInstruction).getProperties();

function copyStep(instruction: Instruction, known: Words): Step {
  const flags = (instruction as JSONInstruction).getFlags();
  const unknown = flags.filter((flag) => !["from", "chown"].includes(flag.getName()));
  if (unknown.length > 0) throw new Error(`Dockerfile: COPY ${unknown.join(" ")} is not known here`);
  const words = instruction.getArguments().map((word) => filled(word.getValue(), known));
  const [sources, to] = [words.slice(0, -1), words.at(-1) ?? ""];
  const from = flags.find((flag) => flag.getName() === "from")?.getValue();
  return { does: "copy", ...(from ? { from } : {}), sources, to };
}

function runStep(instruction: Instruction): Step {
  const command = instruction.getArgumentsContent() ?? "";
  const flags = (instruction as JSONInstruction).getFlags();
  // Carried out in a folder, it would mean the machine's own files.
  const isElsewhere = /(?:^|[\s=>"'])\/|\.\.\//.test(command);
  if (flags.length > 0 || command.startsWith("[") || isElsewhere) {
    throw new Error(
      `Dockerfile: RUN ${command} is not plain enough: no flags, no list, no path out of its folder`,
    );
  }
  return { does: "run", command };
}

/** Reads a Dockerfile, built with these arguments; throws at whatever it does not know. */
export function readStages(text: string, given: Words): readonly Stage[] {
  const global: Record<string, string> = {};
  const stages: {
    name: string;
    base: string;
    steps: Step[];
    running: Properties;
    known: Record<string, string>;
  }[] = [];
  const now = () => stages.at(-1) ?? outside();
  const outside = (): never => {
    throw new Error("Dockerfile: only ARG may stand before the first FROM");
  };

  const readers: Readonly<Record<string, (instruction: Instruction) => void>> = {
    ARG: (instruction) => {
      const [property] = propertiesOf(instruction);
      const name = property?.getName() ?? "";
      const here = stages.at(-1)?.known ?? global;
      const value = given[name] ?? property?.getValue() ?? (here === global ? undefined : global[name]);
      here[name] = filled(value ?? "", here);
    },
    FROM: (instruction) => {
      const [image = "", word, name, ...rest] = instruction.getArguments().map((each) => each.getValue());
      if (word?.toUpperCase() !== "AS" || name === undefined || rest.length > 0 || image.startsWith("--")) {
        throw new Error("Dockerfile: FROM is to be an image or a stage, AS and a name");
      }
      const running = { entrypoint: [], command: [], healthcheck: [], ports: [], labels: {} };
      stages.push({ name, base: filled(image, global), steps: [], running, known: {} });
    },
    COPY: (instruction) => now().steps.push(copyStep(instruction, now().known)),
    RUN: (instruction) => now().steps.push(runStep(instruction)),
    WORKDIR: (instruction) =>
      now().steps.push({
        does: "workdir",
        folder: filled(instruction.getArgumentsContent() ?? "", now().known),
      }),
    ENV: (instruction) => {
      const { known, steps } = now();
      const variables = Object.fromEntries(
        propertiesOf(instruction).map((each) => [each.getName(), filled(each.getValue() ?? "", known)]),
      );
      Object.assign(known, variables);
      steps.push({ does: "set", variables });
    },
    LABEL: (instruction) => {
      const { known, running } = now();
      const labels = propertiesOf(instruction).map((each) => [
        each.getName(),
        filled(each.getValue() ?? "", known),
      ]);
      running.labels = { ...running.labels, ...(Object.fromEntries(labels) as Words) };
    },
    USER: (instruction) => void (now().running.user = instruction.getArgumentsContent() ?? ""),
    STOPSIGNAL: (instruction) => void (now().running.stopSignal = instruction.getArgumentsContent() ?? ""),
    EXPOSE: (instruction) =>
      void (now().running.ports = instruction.getArguments().map((each) => each.getValue())),
    ENTRYPOINT: (instruction) => void (now().running.entrypoint = execForm(instruction)),
    CMD: (instruction) => void (now().running.command = execForm(instruction)),
    HEALTHCHECK: (instruction) => void (now().running.healthcheck = execForm(instruction)),
  };

  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const read = readers[instruction.getKeyword()];
    if (!read) throw new Error(`Dockerfile: ${instruction.getKeyword()} is not known here`);
    read(instruction);
  }
  return stages.map(({ known: _known, ...stage }) => stage);
}
