import { Conflict, createSettClient, Forbidden, RevisionDocument, SaveProjectDocument } from "@sett/client";

const url = process.env["SETT_URL"] ?? "http://localhost:4000/graphql";
const as = (name: string) => createSettClient({ url, authorization: `token ${name}-token` });
const demos = { producer: "demo" };

const { project } = await as("al").query(RevisionDocument, demos);
const renamed = (name: string) => ({
  input: { project: demos, revision: project?.revision ?? null, document: { name } },
});

try {
  await as("zu").mutate(SaveProjectDocument, renamed("zu's"));
} catch (error) {
  if (!(error instanceof Forbidden)) throw error;
  console.log(`zu lacks ${error.permission}`);
}

await as("al").mutate(SaveProjectDocument, renamed("al's"));
try {
  await as("demo").mutate(SaveProjectDocument, renamed("demo's"));
} catch (error) {
  if (!(error instanceof Conflict)) throw error;
  for (const { theirs, mine } of error.entities) console.log("theirs", theirs, "mine", mine);
}

// As much as can be answered, and what went wrong with the rest.
const { data, errors } = await as("eve").execute(RevisionDocument, demos);
console.log(data?.project, errors[0]?.code);
