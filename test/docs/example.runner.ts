import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, vi } from "vitest";
import type { Subscribed } from "../support/live-client.ts";
import type { PersonName, Sett } from "../support/sett.ts";
import type { Block } from "./markdown.blocks.ts";
import { isAsShown, isPrinted, withNames, type Names } from "./shown.answers.ts";

/** What an example shows, and what came of it instead. */
interface Outcome {
  readonly block: Block;
  readonly got: unknown;
  /** What changes by itself is asked for until it is as shown. */
  readonly again?: () => Promise<unknown>;
}

/** The address that the documents have for the gateway. */
const shownAddress = /(?:http:\/\/)?(?:127\.0\.0\.1|localhost):4000/g;

/** Where programs are put so that they find the packages they import. */
const folder = new URL("../../node_modules/.documented/", import.meta.url);

/** Does what the examples of a document say, one after the other, and compares what comes of it with what they show. */
export async function runExamples(blocks: readonly Block[], sett: Sett): Promise<number> {
  const names: Names = new Map();
  let followed: Subscribed<Record<string, unknown>> | undefined;
  let pending: Outcome | undefined;
  let compared = 0;

  const compare = async ({ block, got, again }: Outcome, isSame: (got: unknown) => boolean) => {
    let last = got;
    if (again) {
      const look = async () => {
        last = await again();
        if (!isSame(last)) throw new Error("not yet");
      };
      await vi.waitFor(look, { timeout: 10_000 }).catch(() => undefined);
    }
    if (!isSame(last)) expect(last, `line ${block.line}`).toEqual(block.text);
    compared += 1;
  };

  for (const [index, block] of blocks.entries()) {
    const text = withNames(block.text, names);
    if (block.language === "graphql" && block.meta !== "") {
      const person = sett.as(block.meta as PersonName);
      const after = blocks[index + 1];
      const variables = (
        after?.meta === "variables" ? JSON.parse(withNames(after.text, names)) : {}
      ) as Record<string, unknown>;
      if (text.startsWith("subscription")) followed = person.subscribeText(text, variables);
      else pending = { block, got: JSON.parse((await person.askText(text, variables)).text) as unknown };
    } else if (block.language === "sh" && /^curl [^\n]*localhost:4000/.test(text)) {
      const send = () => curl(text, sett);
      pending = { block, got: await send(), ...(text.includes("-d ") ? {} : { again: send }) };
    } else if (block.language === "js") {
      const program = text.replaceAll(shownAddress, sett.url);
      pending = { block, got: await run(program, `${block.line}.mjs`) };
    } else if (block.language === "json" && block.meta === "event") {
      await nextAsShown(followed, block, names);
      compared += 1;
    } else if (block.language === "json" && block.meta === "" && pending) {
      const shown = JSON.parse(block.text) as unknown;
      await compare({ ...pending, block }, (got) => isAsShown(shown, got, names));
      pending = undefined;
    } else if (block.language === "text" && pending) {
      await compare({ ...pending, block }, (got) => isPrinted(block.text, String(got)));
      pending = undefined;
    }
  }
  await followed?.return();
  return compared;
}

/** Waits for an event that is as shown; those before it are of no interest. */
async function nextAsShown(
  followed: Subscribed<Record<string, unknown>> | undefined,
  block: Block,
  names: Names,
): Promise<void> {
  if (!followed) throw new Error(`line ${block.line} shows an event, and nothing is subscribed to`);
  const shown = JSON.parse(block.text) as unknown;
  const others: unknown[] = [];
  for (;;) {
    const { data, errors } = await followed.event().catch((error: unknown) => {
      throw new Error(`line ${block.line} shows no event there was: ${JSON.stringify(others)}`, {
        cause: error,
      });
    });
    const event = errors.length > 0 ? { errors, ...(data ? { data } : {}) } : { data };
    if (isAsShown(shown, event, names)) return;
    others.push(event);
  }
}

/** Sends what a line for curl would. */
async function curl(text: string, sett: Sett): Promise<unknown> {
  const path = /(?:127\.0\.0\.1|localhost):4000(\/[\w/.]*)?/.exec(text)?.[1] ?? "/";
  const headers = [...text.matchAll(/-H '([^:']+): ([^']+)'/g)].map(
    ({ 1: name = "", 2: value = "" }) => [name, value] as [string, string],
  );
  const body = /-d '([^']+)'/.exec(text)?.[1];
  const response = await fetch(
    `${sett.url}${path}`,
    body === undefined ? { headers } : { method: "POST", headers, body },
  );
  return response.json();
}

/** Runs a program as its reader would, in a process of its own, and gives what it prints. */
async function run(program: string, name: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`${process.pid}-${name}`, folder));
  writeFileSync(file, program);
  onTestFinished(() => rmSync(file));
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => printed.push(part));
  }
  await new Promise((resolve) => child.on("close", resolve));
  return printed.join("");
}
