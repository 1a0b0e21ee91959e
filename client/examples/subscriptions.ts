import { createSettClient, ProjectChangedDocument, SaveFilesDocument } from "@sett/client";
import { WebSocket } from "ws";

const url = process.env["SETT_URL"] ?? "http://localhost:4000/graphql";
// Node has a WebSocket of its own from version 22 on; without one, event streams are taken.
const al = createSettClient({ url, authorization: "token al-token", webSocket: WebSocket });
const demo = createSettClient({ url, authorization: "token demo-token" });

const leave = al.subscribe(
  ProjectChangedDocument,
  { producer: "demo" },
  {
    next: ({ projectChanged: { by, entities } }) => {
      console.log(`${by} changed ${entities.join()}`);
      leave();
      al.dispose();
    },
    // After a break: what happened meanwhile is not repeated, so read anew what you show.
    state: (state) => {
      console.log(state);
      if (state === "open") void demo.mutate(SaveFilesDocument, save);
    },
    // Its end: the right was taken away, or the project is gone.
    error: (error) => console.log(error.code),
  },
);

const save = { input: { project: { producer: "demo" }, files: [{ path: "notes.txt", text: "hello" }] } };
