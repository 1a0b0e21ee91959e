import { AppShell } from "@mantine/core";
import type { ReactNode } from "react";
import { Header } from "./header.tsx";

/** The page while nobody is signed in: no list beside it. */
export function NobodyFrame({ children }: { children: ReactNode }) {
  return (
    <AppShell header={{ height: 56 }} padding="md">
      <AppShell.Header>
        <Header />
      </AppShell.Header>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}
