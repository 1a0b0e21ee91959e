import fc from "fast-check";
import { expect, test } from "vitest";
import { isEnabled, withEnabled } from "../../src/services/project-file.ts";

const id = "demo-dev";

/** Some JSON with spacing and with letters written as escapes, as no serializer would write it. */
const spelling = (value: object) =>
  fc.tuple(fc.constantFrom("", " ", "  ", "\t"), fc.boolean()).map(([space, isEscaped]) => {
    const text = JSON.stringify(value, null, space);
    return isEscaped ? text.replaceAll(/"(?:[^"\\]|\\.)*"/g, escaped) : text;
  });

/** A string of JSON with its plain letters written as escapes. */
const escaped = (text: string) =>
  text.replaceAll(/\\u[0-9a-f]{4}|\\.|[a-z]/g, (unit) =>
    unit.length > 1 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const words = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())), {
  noNullPrototype: true,
});

/** A file with this project and others in it, and what nobody knows of. */
const file = fc
  .record({
    project: words.filter((project) => !("disabled" in project)),
    others: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
    extra: words,
  })
  .chain(({ project, others, extra }) =>
    spelling(project).chain((text) =>
      spelling({ ...extra, models: { Other: {}, Project: { ...others, [id]: text } } }),
    ),
  );

interface File {
  readonly models: { readonly Project: Readonly<Record<string, string>> };
}

/** What a file says: of this project and of everything else. */
function meaning(text: string): { project: Record<string, unknown>; rest: unknown } {
  const whole = JSON.parse(text) as File;
  const { [id]: project = "", ...others } = whole.models.Project;
  const rest = { ...whole, models: { ...whole.models, Project: others } };
  return { project: JSON.parse(project) as Record<string, unknown>, rest };
}

test("a project disabled and enabled again is the text it was, whatever the file", () => {
  fc.assert(
    fc.property(file, (before) => {
      const disabled = withEnabled(before, id, false) ?? "";
      return !isEnabled(disabled, id) && withEnabled(disabled, id, true) === before;
    }),
  );
});

test("disabling a project changes nothing but its word, whatever the file", () => {
  fc.assert(
    fc.property(file, (before) => {
      const { project, rest } = meaning(before);
      const disabled = withEnabled(before, id, false) ?? "";
      expect(meaning(disabled)).toEqual({ project: { ...project, disabled: true }, rest });
    }),
  );
});

test("saying again what a file says changes nothing, whatever the file", () => {
  fc.assert(
    fc.property(file, (before) => {
      const disabled = withEnabled(before, id, false) ?? "";
      return withEnabled(before, id, true) === undefined && withEnabled(disabled, id, false) === undefined;
    }),
  );
});

test("a file without the project gets one that is disabled, and keeps all else to the letter", () => {
  const before = '{ "ids" :{}, "models":{"Project": {} } , "huge": 12345678901234567890}';
  const after = withEnabled(before, id, false) ?? "";
  expect(isEnabled(after, id)).toBe(false);
  expect(after.replace(/"demo-dev": *"(?:[^"\\]|\\.)*"/, "")).toBe(before);
});
