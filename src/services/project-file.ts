import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parse,
  parseTree,
  type Edit,
  type Node,
  type ParseError,
} from "jsonc-parser";
import { UpstreamRejected } from "../errors.ts";

/** Where a saved canvas is kept in its repository. */
export const projectFilePath = "lunchbadger.json";

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function read(text: string): Record<string, unknown> {
  const errors: ParseError[] = [];
  const value = unnested(() => parse(text, errors, { disallowComments: true }) as unknown);
  if (errors.length > 0 || !isObject(value)) {
    throw new UpstreamRejected("gitea", `${projectFilePath} is not a JSON object; mend it first.`);
  }
  return value;
}

/** What comes of reading a file; the parser goes as deep as the file nests, and a process does not. */
function unnested<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UpstreamRejected("gitea", `${projectFilePath} nests too deeply; mend it first.`);
  }
}

const unlikePlatform = () =>
  new UpstreamRejected("gitea", `${projectFilePath} is not as the platform writes it; mend it first.`);

/** What stands below some keys; undefined where nothing does, refused where something else is in the way. */
function objectAt(value: Record<string, unknown>, keys: readonly string[]) {
  return keys.reduce<Record<string, unknown> | undefined>((place, key) => {
    const next = place?.[key];
    if (next !== undefined && !isObject(next)) throw unlikePlatform();
    return next;
  }, value);
}

function projectText(file: Record<string, unknown>, id: string): string | undefined {
  const text = objectAt(file, ["models", "Project"])?.[id];
  if (text !== undefined && typeof text !== "string") throw unlikePlatform();
  return text;
}

/** A project as its saved canvas has it; undefined where none is saved. */
export function projectIn(fileText: string, id: string): Record<string, unknown> | undefined {
  const text = projectText(read(fileText), id);
  return text === undefined ? undefined : read(text);
}

/** Whether the platform runs the project: it does unless its saved canvas says that it is disabled. */
export function isEnabled(fileText: string, id: string): boolean {
  return projectIn(fileText, id)?.["disabled"] !== true;
}

/** Where each character of a string stands within its JSON, whose escapes take several; and where the last one ends. */
function placesIn(escaped: string): number[] {
  const characters = escaped.matchAll(/\\u[0-9a-fA-F]{4}|\\.|[^]/g);
  return [...Array.from(characters, ({ index }) => index), escaped.length];
}

/** Edits of a string's content as edits of the file that the string stands in: what they leave keeps its escapes. */
function editsWithin(fileText: string, { offset, length }: Node, edits: readonly Edit[]): Edit[] {
  const start = offset + 1;
  const places = placesIn(fileText.slice(start, offset + length - 1));
  return edits.map((edit) => {
    const [from = 0, to = 0] = [places[edit.offset], places[edit.offset + edit.length]];
    return { offset: start + from, length: to - from, content: JSON.stringify(edit.content).slice(1, -1) };
  });
}

/** A string within a file, with edits of its content. */
function edited(fileText: string, place: readonly string[], edits: (text: string) => Edit[]): string {
  const tree = parseTree(fileText);
  const node = tree && findNodeAtLocation(tree, [...place]);
  return node ? applyEdits(fileText, editsWithin(fileText, node, edits(String(node.value)))) : fileText;
}

/**
 * The file with a project under another id, and disabled or not as is said; whatever else is in it stays as it was
 * written. A file without that project stays as it is.
 */
export const withProjectOf = (fileText: string, becomes: Becoming): string =>
  unnested(() => moved(fileText, becomes));

/** What becomes of a project: another one's, disabled or not. */
interface Becoming {
  readonly from: string;
  readonly to: string;
  readonly isDisabled: boolean;
}

function moved(fileText: string, { from, to, isDisabled }: Becoming): string {
  if (projectIn(fileText, from) === undefined) return fileText;
  const place = ["models", "Project", from];
  const named = edited(fileText, place, (text) => modify(text, ["id"], to, {}));
  const said = isDisabled ? true : undefined;
  const held = edited(named, place, (text) => modify(text, ["disabled"], said, {}));
  const tree = parseTree(held);
  const key = tree && findNodeAtLocation(tree, place)?.parent?.children?.[0];
  if (!key) throw unlikePlatform();
  const edits = [{ offset: key.offset, length: key.length, content: JSON.stringify(to) }];
  const result = applyEdits(held, edits);
  if (projectIn(result, to)?.["id"] !== to || isEnabled(result, to) === isDisabled) throw unlikePlatform();
  return result;
}

/**
 * The file with the project enabled or disabled and not a character else changed: order, spacing, escapes and
 * numbers of any size stay as they were written. Undefined when it already says so.
 */
export const withEnabled = (fileText: string | undefined, id: string, enabled: boolean): string | undefined =>
  unnested(() => enabledAs(fileText, id, enabled));

function enabledAs(fileText: string | undefined, id: string, enabled: boolean): string | undefined {
  const disabledProject = JSON.stringify({ id, name: "main", disabled: true });
  if (fileText === undefined) {
    if (enabled) return undefined;
    return `${JSON.stringify({ ids: {}, models: { Project: { [id]: disabledProject } } }, null, 2)}\n`;
  }
  if (isEnabled(fileText, id) === enabled) return undefined;
  const place = ["models", "Project", id];
  const tree = parseTree(fileText);
  const project = tree && findNodeAtLocation(tree, place);
  const edits = project
    ? editsWithin(
        fileText,
        project,
        modify(String(project.value), ["disabled"], enabled ? undefined : true, {}),
      )
    : modify(fileText, place, disabledProject, {});
  const changed = applyEdits(fileText, edits);
  // A key that is there twice is written at its first place and read at its last.
  if (isEnabled(changed, id) !== enabled) throw unlikePlatform();
  return changed;
}
