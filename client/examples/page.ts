import { createSettClient, ReadProjectDocument } from "@sett/client";

// A page of the gateway's own origin: the session that it has is what counts.
const client = createSettClient({ url: "/graphql" });

const { project } = await client.query(ReadProjectDocument, { producer: "demo" });
document.body.textContent = `You may ${project?.viewerPermission} demo's project`;
