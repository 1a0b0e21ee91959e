import { Anchor, createTheme, NavLink, type CSSVariablesResolver } from "@mantine/core";

/** The board's look: shades that text can be read on, dark and light, and no motion for who wants none. */
export const boardTheme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  components: {
    // By its colour alone nobody has to tell a link from the words around it.
    Anchor: Anchor.extend({ defaultProps: { underline: "always" } }),
    NavLink: NavLink.extend({ defaultProps: { variant: "filled" } }),
  },
});

/** Mantine's own grey for lesser text is too faint on both grounds. */
export const boardVariables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": theme.colors.gray[7],
    "--mantine-color-placeholder": theme.colors.gray[7],
    "--mantine-color-error": theme.colors.red[9],
    "--board-ground": theme.colors.gray[0],
  },
  dark: {
    "--mantine-color-dimmed": theme.colors.dark[1],
    "--mantine-color-placeholder": theme.colors.dark[1],
    "--mantine-color-error": theme.colors.red[3],
    "--board-ground": theme.colors.dark[8],
  },
});
