import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Lemmata",
  description: "The mathematics behind language models, as small npm packages",
  lang: "en",
  base: process.env["DOCS_BASE"] ?? "/",
  srcExclude: ["README.md"],
  // As the packages are built. For older engines private fields would become look-ups in maps, several times as slow.
  vite: { build: { target: "es2022" } },
  markdown: {
    math: true,
    theme: { light: "github-light", dark: "github-dark" },
    // The link of a heading is read out by the heading's source: leave only what is seen of it.
    config: (md) => {
      md.core.ruler.before("anchor", "plain_headings", ({ tokens }) => {
        tokens.forEach((token, i) => {
          const inline = tokens[i + 1];
          if (token.type === "heading_open" && inline)
            inline.content = (inline.children ?? []).map(({ content }) => content).join("");
        });
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: 2, label: "On this page" },
    docFooter: { prev: false, next: false },
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "lattice", link: "/packages/lattice" },
      { text: "sampling", link: "/packages/sampling" },
      { text: "metrics", link: "/packages/metrics" },
      { text: "fourier-density", link: "/packages/fourier-density" },
      { text: "Measured", link: "/measured" },
    ],
    sidebar: [
      { text: "Home", link: "/" },
      { text: "Guide", link: "/guide" },
      {
        text: "Packages",
        items: [
          { text: "lattice", link: "/packages/lattice" },
          { text: "sampling", link: "/packages/sampling" },
          { text: "metrics", link: "/packages/metrics" },
          { text: "fourier-density", link: "/packages/fourier-density" },
        ],
      },
      { text: "Measured", link: "/measured" },
    ],
  },
});
