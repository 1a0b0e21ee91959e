import { createSettClient, ReadProjectDocument } from "@sett/client";

const client = createSettClient({
  url: process.env["SETT_URL"] ?? "http://localhost:4000/graphql",
  authorization: "token al-token",
});

const { project } = await client.query(ReadProjectDocument, { producer: "demo" });
console.log(`al may ${project?.viewerPermission} demo's project`);
